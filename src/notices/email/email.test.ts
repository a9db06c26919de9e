import { createNoticeContext } from '../deliver-notice.js';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MailCatcher } from '../../../test/fixtures/mail-catcher.js';
import type { Notice } from '../../contracts/requests/notice.js';
import { email, type EmailOptions } from './email.js';
import { NoticeError } from '../notifier.js';

const notice: Notice = {
  event: 'opened',
  occurrence: 1,
  request: {
    id: 'pay-1/0123456789abcdef01234567',
    reason: 'irreversible-effect',
    question: 'Pay bob\r\nBcc: eve@example.org\r\n\r\nfor löschen? Ω',
    askedBy: 'clerk\nX-Evil: 1',
    path: 'clerk-0',
    tool: 'pay',
    argsPreview: 'to: bob',
    revision: 1,
    options: ['approve', 'reject'],
    askedAt: '2026-01-01T00:00:00.000Z',
  },
  run: { workflowId: 'pay-1', runId: 'r', workflow: 'pays' },
  to: ['finance'],
};

let catcher: MailCatcher;
let smtp: string;
beforeEach(async () => {
  catcher = new MailCatcher();
  smtp = await catcher.listen();
});
afterEach(() => catcher.close());

function sent(options: Partial<EmailOptions> = {}, given: Partial<Notice> = {}) {
  const context = createNoticeContext(
    { ...notice, ...given },
    'https://inbox.example.com',
    new AbortController().signal,
  );
  const to = ['Ada <ada@example.org>'];
  const sender = 'Baton <baton@example.com>';
  return email({ smtp, from: sender, to, ...options }).send({ ...notice, ...given }, context);
}

async function refusal(sending: Promise<unknown>): Promise<NoticeError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof NoticeError) return error;
  throw new Error(`It was not refused: ${String(error)}`);
}

function parts(message = ''): { head: string; body: string } {
  const end = message.indexOf('\r\n\r\n');
  const quoted = message
    .slice(end)
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
  return { head: message.slice(0, end), body: quoted };
}

test('P6 notice: a mail is plain text with the link, and is named by the key of its notice', async () => {
  expect(await sent()).toMatchObject({ outcome: 'taken', detail: expect.stringContaining('taken as 1') });
  const { head, body } = parts(catcher.messages[0]);
  expect(head).toContain('From: Baton <baton@example.com>');
  expect(head).toContain('To: ada@example.org');
  expect(head).toContain('Content-Type: text/plain; charset=utf-8');
  expect(body).toContain('https://inbox.example.com/request?id=pay-1%2F0123456789abcdef01234567');
  expect(body).toContain('Action: pay (to: bob)');
  const context = createNoticeContext(notice, undefined, new AbortController().signal);
  expect(catcher.ids()).toEqual([`<${context.key}@example.com>`]);
  expect(head).toContain(`In-Reply-To: <${context.thread}@example.com>`);
});

test('P6 notice: a mail sent again has the same Message-ID, and one of another event has another in the same thread', async () => {
  await sent();
  await sent();
  await sent({}, { event: 'decided' });
  const [first, again, decided] = catcher.ids();
  expect(again).toBe(first);
  expect(decided).not.toBe(first);
  const { thread } = createNoticeContext(notice, undefined, new AbortController().signal);
  const threads = catcher.messages.map((message) => /^References: (.+)$/m.exec(message)?.[1]?.trim());
  expect(threads).toEqual(Array.from({ length: 3 }, () => `<${thread}@example.com>`));
});

test('P6 notice: text that a model wrote never becomes a header', async () => {
  await sent();
  const { head } = parts(catcher.messages[0]);
  expect(head).not.toMatch(/^(?:Bcc|X-Evil)/im);
  expect(catcher.recipients).toEqual([['ada@example.org']]);
});

test('P6 notice: the eligible roles get the mail when addresses are listed by role, or all when anybody may decide', async () => {
  const to = {
    finance: ['ada@example.org', 'bob@example.org'],
    board: ['cat@example.org', 'ada@example.org'],
  };
  await sent({ to }, { to: ['finance'] });
  await sent({ to }, { to: ['finance', 'board'] });
  await sent({ to }, { to: [] });
  expect(await sent({ to }, { to: ['constructor'] })).toEqual({
    outcome: 'nobody',
    detail: 'no address for constructor',
  });
  expect(catcher.recipients).toEqual([
    ['ada@example.org', 'bob@example.org'],
    ['ada@example.org', 'bob@example.org', 'cat@example.org'],
    ['ada@example.org', 'bob@example.org', 'cat@example.org'],
  ]);
});

test.each([
  [550, false],
  [451, true],
])('P6 notice: a mail server that answers %i is tried again: %j', async (reply, retryable) => {
  catcher.refuses = () => reply;
  const error = await refusal(sent());
  expect(error.retryable).toBe(retryable);
  expect(error.message).toContain(String(reply));
});

test('P6 notice: one refused address does not keep the mail from the others, and the result names the refusal', async () => {
  catcher.refuses = (address) => (address.startsWith('bob') ? 550 : undefined);
  expect(await sent({ to: ['ada@example.org', 'bob@example.org'] })).toMatchObject({
    outcome: 'taken',
    detail: expect.stringContaining('refused for 1 of 2 addresses'),
  });
  expect(catcher.recipients).toEqual([['ada@example.org']]);
});

test('P6 notice: a mail server that is down is retried, and the error never contains its password', async () => {
  const secret = 'a%40very%2Fsecret';
  const error = await refusal(sent({ smtp: `smtp://ada:${secret}@127.0.0.1:1` }));
  expect(error.retryable).toBe(true);
  expect(`${error.message}${error.stack ?? ''}`).not.toMatch(/very/);
});

test('P6 notice: a password is not sent to a server of the network that offers no encryption', async () => {
  const heard: string[] = [];
  const server: Server = createServer((socket) => {
    socket.write('220 here\r\n');
    socket.on('data', (chunk: Buffer) => {
      heard.push(chunk.toString());
      socket.write(heard.length === 1 ? '250-here\r\n250 AUTH PLAIN LOGIN\r\n' : '502 no\r\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  // By an address of this machine that is not its loopback: 0.0.0.0 leads here and counts as another.
  const { port } = server.address() as AddressInfo;
  const error = await refusal(sent({ smtp: `smtp://ada:password-of-ada@0.0.0.0:${port}` }));
  expect(error.message).toMatch(/STARTTLS|not taken/);
  expect(heard[0]).toMatch(/^EHLO/);
  expect(heard.join('')).not.toMatch(/AUTH/);
  server.close();
});

test.each([
  [{ smtp: 'http://mail.example.com' }, 'cannot be read'],
  [{ smtp: 'smtp://ada:pw-of-ada@mail.example.com/?tls=no' }, 'cannot be read'],
  [{ from: 'Baton' }, 'not one mail address'],
  [{ from: 'a@b.org\r\nBcc: c@d.org' }, 'not one mail address'],
  [{ to: [] }, 'names nobody'],
  [{ to: { finance: [] } }, 'names nobody'],
  [{ to: ['a@b.org, c@d.org'] }, 'not one mail address'],
  [{ to: { finance: ['a@b.org\nBcc: c@d.org'] } }, 'not one mail address'],
])('P6 notice: mail is not configured with %j', (given, problem) => {
  const configured = { smtp: 'smtp://mail.example.com', from: 'a@b.org', to: ['c@d.org'], ...given };
  expect(() => email(configured)).toThrow(problem);
  expect(() => email(configured)).not.toThrow(/pw-of-ada/);
});
