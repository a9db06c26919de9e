/** A mail server can fail at each line of the protocol. The error says whether the message may have been sent. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { NotDone } from '@batonhq/baton/worker';
import { composeMessage } from './message.js';
import { mailSettings } from './settings.js';
import { sendBySmtp } from './smtp.js';

/** The server's answer to each command; it hangs up on `close`, and stays silent on `nothing`. */
type Script = Partial<Record<'HELLO' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'MESSAGE', string>>;

const WILLING: Required<Script> = {
  HELLO: '220 test',
  EHLO: '250-test\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  MESSAGE: '250 queued as 1',
};

const message = await composeMessage(
  {
    by: 'smtp://test',
    from: 'Desk <desk@example.org>',
    to: 'ada@example.org',
    subject: 's',
    body: 'A line.\n.\n..two dots\nend\n',
    composedAt: '2026-01-02T03:04:05.000Z',
  },
  'key-1',
);
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

class Scripted {
  readonly heard: string[] = [];
  readonly messages: string[] = [];
  private readonly script: Required<Script>;

  constructor(script: Script) {
    this.script = { ...WILLING, ...script };
  }

  serve(socket: Socket): void {
    let waiting = '';
    let inMessage = false;
    socket.on('error', () => undefined);
    this.answer(socket, 'HELLO');
    socket.on('data', (chunk) => {
      waiting += chunk.toString();
      for (;;) {
        const end = inMessage ? waiting.indexOf('\r\n.\r\n') : waiting.indexOf('\r\n');
        if (end < 0) return;
        const text = waiting.slice(0, end);
        waiting = waiting.slice(end + (inMessage ? 5 : 2));
        if (inMessage) {
          this.messages.push(text);
          inMessage = false;
          this.answer(socket, 'MESSAGE');
        } else {
          this.heard.push(text);
          const command = text.slice(0, 4).toUpperCase();
          if (command === 'QUIT') socket.end('221 bye\r\n');
          else this.answer(socket, command as keyof Script);
          inMessage = command === 'DATA' && this.script.DATA.startsWith('354');
        }
      }
    });
  }

  private answer(socket: Socket, command: keyof Script): void {
    const answer = this.script[command];
    if (answer === 'close') socket.destroy();
    else if (answer !== 'nothing') socket.write(`${answer}\r\n`);
  }
}

async function serving(script: Script): Promise<{ scripted: Scripted; port: number }> {
  const scripted = new Scripted(script);
  const server = createServer((socket) => scripted.serve(socket));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { scripted, port: (server.address() as AddressInfo).port };
}

function sending(url: string, signal = new AbortController().signal): Promise<string> {
  const { server } = mailSettings({ SMTP_URL: url });
  if (!server) throw new Error(url);
  return sendBySmtp(server, message, signal);
}

describe('sendBySmtp', () => {
  test('sends the message once, with envelope and credentials, and returns the answer', async () => {
    const { scripted, port } = await serving({});
    expect(await sending(`smtp://ada:secret@127.0.0.1:${port}`)).toBe('250 queued as 1');
    expect(scripted.heard).toEqual(
      expect.arrayContaining([
        `AUTH PLAIN ${Buffer.from('\0ada\0secret').toString('base64')}`,
        'MAIL FROM:<desk@example.org>',
        'RCPT TO:<ada@example.org>',
      ]),
    );
    expect(scripted.messages).toHaveLength(1);
    expect(`${scripted.messages[0]?.replaceAll(/^\.\./gm, '.')}\r\n`).toBe(message.bytes.toString());
  });

  test.each<[string, Script, boolean]>([
    ['the server is busy', { HELLO: '421 busy' }, true],
    ['the server hangs up at once', { HELLO: 'close' }, true],
    ['the server hangs up at the envelope', { RCPT: 'close' }, true],
    ['the server hangs up when the message was announced', { DATA: 'close' }, true],
    ['the server refuses the reader for now', { RCPT: '451 greylisted' }, true],
    ['the server refuses the message for now', { MESSAGE: '452 no room' }, true],
    ['the credentials are wrong', { AUTH: '535 no' }, false],
    ['nobody can log in', { EHLO: '250 test', AUTH: '502 what' }, false],
    ['the sender is refused', { MAIL: '550 no' }, false],
    ['the reader is unknown', { RCPT: '550 nobody' }, false],
    ['data are refused', { DATA: '554 no' }, false],
    ['the message is refused', { MESSAGE: '554 spam' }, false],
  ])('NotDone when %s', async (_what, script, retry) => {
    const { port } = await serving(script);
    const failing = sending(`smtp://ada:secret@127.0.0.1:${port}`);
    await expect(failing).rejects.toBeInstanceOf(NotDone);
    await expect(failing).rejects.toMatchObject({
      retry,
      message: expect.stringMatching(/^The mail was not sent: smtp:\/\/127\.0\.0\.1:\d+ /),
    });
    await expect(failing).rejects.not.toThrow('secret');
  });

  test('NotDone, to be retried, when nobody listens', async () => {
    const { port } = await serving({});
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    const failing = sending(`smtp://127.0.0.1:${port}`);
    await expect(failing).rejects.toBeInstanceOf(NotDone);
    await expect(failing).rejects.toMatchObject({
      retry: true,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('D1 an unknown outcome when the connection is lost after the message has left', async () => {
    const { scripted, port } = await serving({ MESSAGE: 'close' });
    const failing = sending(`smtp://127.0.0.1:${port}`);
    await expect(failing).rejects.toThrow('was lost after the message had left');
    await expect(failing).rejects.not.toBeInstanceOf(NotDone);
    expect(scripted.messages).toHaveLength(1);
  });

  test('NotDone when it is aborted before the message has left, an unknown outcome afterwards', async () => {
    await expect(sending('smtp://127.0.0.1:9', AbortSignal.abort())).rejects.toBeInstanceOf(NotDone);
    const { scripted, port } = await serving({ MESSAGE: 'nothing' });
    const giveUp = new AbortController();
    const failing = sending(`smtp://127.0.0.1:${port}`, giveUp.signal);
    const outcome = expect(failing).rejects.not.toBeInstanceOf(NotDone);
    while (scripted.messages.length === 0) await new Promise((resolve) => setImmediate(resolve));
    giveUp.abort();
    await outcome;
  });

  test('a password is not sent in clear to another machine', async () => {
    const { scripted, port } = await serving({});
    const { server } = mailSettings({ SMTP_URL: `smtp://ada:secret@127.0.0.1:${port}` });
    if (!server) throw new Error('no server');
    const failing = sendBySmtp({ ...server, loopback: false }, message, new AbortController().signal);
    await expect(failing).rejects.toMatchObject({
      retry: false,
      message: expect.stringContaining('STARTTLS'),
    });
    expect(scripted.heard.join()).not.toContain('AUTH');
  });
});
