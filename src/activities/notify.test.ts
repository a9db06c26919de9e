import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import type { NotifyInput } from '../contracts/requests/notice.js';
import type { Notifier } from '../notices/notifier.js';
import { sendTestNotices } from '../notices/test-notice.js';
import { createNotify } from './notify.js';

const deaf: Notifier = { name: 'deaf', send: () => new Promise(() => {}) };
const input: NotifyInput = {
  channel: 'deaf',
  notice: {
    event: 'opened',
    occurrence: 1,
    request: {
      id: 'pay-1/0123456789abcdef01234567',
      reason: 'irreversible-effect',
      question: 'Pay?',
      askedBy: 'clerk',
      path: 'clerk-0',
      revision: 1,
      options: ['approve', 'reject'],
      askedAt: '2026-01-01T00:00:00.000Z',
    },
    run: { workflowId: 'pay-1', runId: 'r', workflow: 'pays' },
    to: [],
  },
};

test('P6 notice: a notifier that never returns is cancelled at its timeout, so it does not block the worker', async () => {
  const environment = new MockActivityEnvironment();
  const sending = environment.run(createNotify({ notifiers: new Map([['deaf', deaf]]) }), input);
  environment.cancel('TIMED_OUT');
  await expect(sending).rejects.toThrow();
});

test.each([undefined, 'half-typed', 7, { outcome: 'sent' }])(
  'P6 notice: a notifier that ends without an answer is not called again and again for a day: %j',
  async (given) => {
    const odd = { name: 'odd', send: () => Promise.resolve(given as never) };
    const notify = createNotify({ notifiers: new Map([['deaf', odd]]) });
    const sending = new MockActivityEnvironment().run(notify, input);
    await expect(sending).rejects.toMatchObject({ type: 'NOTICE_NOT_TAKEN', nonRetryable: true });
  },
);

test('P6 notice: a test of a notifier that never returns fails with that reason', async () => {
  expect(await sendTestNotices([deaf], undefined, 1)).toEqual([
    { name: 'deaf', outcome: 'failed', detail: 'It did not end within 1 ms.' },
  ]);
});
