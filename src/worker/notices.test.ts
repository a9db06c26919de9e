import { expect, test } from 'vitest';
import { webhook } from '../notices/webhook/webhook.js';
import { readNoticeOptions } from './notices.js';

const workflows = './workflows.ts';
const hook = (name?: string) =>
  webhook({
    url: 'https://hooks.example.com/T/token-of-one',
    secret: 'long enough a secret',
    ...(name === undefined ? {} : { name }),
  });

test('P6 notice: two notifiers of one kind and host need different names', () => {
  expect(() => readNoticeOptions({ workflows, notify: [hook(), hook()] }, 'baton.config.ts')).toThrow(
    'baton.config.ts: two of "notify" are named "webhook hooks.example.com". Give each its own name: { name: … }.',
  );
  const { notify } = readNoticeOptions({ workflows, notify: [hook(), hook('finance')] }, 'baton.config.ts');
  expect(notify.map(({ name }) => name)).toEqual(['webhook hooks.example.com', 'finance']);
});

test.each([
  ['https://inbox.example.com', 'https://inbox.example.com'],
  ['https://inbox.example.com:8443/', 'https://inbox.example.com:8443'],
  ['http://127.0.0.1:4466', 'http://127.0.0.1:4466'],
  ['http://[::1]:4466', 'http://[::1]:4466'],
])('P6 notice: links begin with the inboxUrl %s', (inboxUrl, origin) => {
  expect(readNoticeOptions({ workflows, inboxUrl }, 'baton.config.ts')).toEqual({
    notify: [],
    inboxUrl: origin,
  });
});

test.each([
  'http://inbox.example.com',
  'https://inbox.example.com/inbox',
  'https://inbox.example.com/?a=1',
  'https://ada@inbox.example.com',
  'javascript:alert(1)',
  'inbox.example.com',
  '',
])('P6 notice: %j is not a valid inboxUrl', (inboxUrl) => {
  expect(() => readNoticeOptions({ workflows, inboxUrl }, 'baton.config.ts')).toThrow('"inboxUrl" is');
});
