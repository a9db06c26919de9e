import { expect, test } from 'vitest';
import { readMailbox } from './mailbox.js';

test.each([
  ['ada@example.org', { name: '', address: 'ada@example.org', domain: 'example.org' }],
  [
    ' Ada Lovelace <ada+desk@mail.example.org> ',
    { name: 'Ada Lovelace', address: 'ada+desk@mail.example.org', domain: 'mail.example.org' },
  ],
  [
    '"Lovelace, Ada" <ada@localhost>',
    { name: 'Lovelace, Ada', address: 'ada@localhost', domain: 'localhost' },
  ],
  ['jörg@bücher.example', { name: '', address: 'jörg@bücher.example', domain: 'bücher.example' }],
])('readMailbox: %j is one address', (text, mailbox) => {
  expect(readMailbox(text)).toEqual(mailbox);
});

test.each([
  '',
  'ada',
  '@example.org',
  'ada@',
  'ada@exa mple.org',
  'a@b@c.org',
  'a@b.org,c@d.org',
  'a@b.org;c@d.org',
  'group: a@b.org;',
  'Ada <ada@example.org',
  'Ada <ada@example.org>, Bob <bob@example.org>',
  'ada@example.org\r\nBcc: eve@example.org',
  'Ada\r\nBcc: eve@example.org <ada@example.org>',
  'ada@example.org\u2028Bcc: eve@example.org',
  'ada@example.org\0',
  'ada@example..org',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b.'.repeat(200)}org`,
])('readMailbox: %j is not an address', (text) => {
  expect(readMailbox(text)).toBeUndefined();
});
