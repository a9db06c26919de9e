import { createNoticeContext } from '../deliver-notice.js';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createSocket, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { CERTIFICATE, KEY } from '../../../test/fixtures/nobodys-certificate.js';
import type { Notice } from '../../contracts/requests/notice.js';
import { verifyWebhook } from '../../contracts/requests/webhook-signature.js';
import { NoticeError } from '../notifier.js';
import { webhook, type WebhookOptions } from './webhook.js';

const secret = 'a secret of enough characters';
const notice: Notice = {
  event: 'opened',
  occurrence: 1,
  request: {
    id: 'pay-1/0123456789abcdef01234567',
    reason: 'irreversible-effect',
    question: 'Pay <!channel> <https://evil.example|bob> *now* & `go`?\u202e',
    askedBy: 'clerk <@U1>',
    path: 'clerk-0',
    tool: 'pay',
    argsPreview: 'to: <!here>',
    revision: 1,
    options: ['approve', 'reject'],
    askedAt: '2026-01-01T00:00:00.000Z',
  },
  run: { workflowId: 'pay-1', runId: 'r', workflow: 'pays' },
  to: ['finance'],
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const context = (signal = new AbortController().signal) =>
  createNoticeContext(notice, 'https://inbox.example.com', signal);

function sent(url: string, options: Partial<WebhookOptions> = {}, signal?: AbortSignal) {
  return webhook({ url, secret, allowPrivate: true, ...options }).send(notice, context(signal));
}

async function refusal(sending: Promise<unknown>): Promise<NoticeError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof NoticeError) return error;
  throw new Error(`It was not refused: ${String(error)}`);
}

test('P6 notice: a webhook posts a signed body once, with the key, and any 2xx takes it', async () => {
  const got: { headers: IncomingHttpHeaders; body: string; path: string | undefined }[] = [];
  const url = await serving((request, response) => {
    void text(request).then((body) => {
      got.push({ headers: request.headers, body, path: request.url });
      response.writeHead(202).end();
    });
  });
  expect(await sent(`${url}/hook?a=1`)).toEqual({ outcome: 'taken', detail: 'HTTP 202' });
  expect(got).toHaveLength(1);
  const [{ headers, body, path } = { headers: {}, body: '', path: '' }] = got;
  expect(path).toBe('/hook?a=1');
  expect(verifyWebhook({ body, headers, secret })).toBe(true);
  expect(verifyWebhook({ body, headers, secret: 'another secret, as long' })).toBe(false);
  const parsed = JSON.parse(body) as { baton: { id: string; link: string; event: string } };
  expect(headers['idempotency-key']).toBe(parsed.baton.id);
  expect(parsed.baton).toMatchObject({ v: 1, ...notice });
  expect(parsed.baton.link).toBe('https://inbox.example.com/request?id=pay-1%2F0123456789abcdef01234567');
});

test('P6 notice: text that a model wrote is not markup for Slack, and hides nothing', async () => {
  let body = '';
  const url = await serving((request, response) => {
    void text(request).then((whole) => {
      body = whole;
      response.end('ok');
    });
  });
  await sent(url);
  const { text: shown, blocks } = JSON.parse(body) as {
    text: string;
    blocks: { text: { type: string; text: string } }[];
  };
  expect(shown).toContain('Pay &lt;!channel&gt; &lt;https://evil.example|bob&gt; *now* &amp; `go`?\\u202e');
  expect(shown).not.toMatch(/[<>]/);
  const marked = blocks.filter(({ text: { type } }) => type === 'mrkdwn');
  expect(marked.map((block) => block.text.text)).toEqual([
    '<https://inbox.example.com/request?id=pay-1%2F0123456789abcdef01234567|Open the request>',
  ]);
  expect(blocks.filter(({ text: { type } }) => type === 'plain_text')).toHaveLength(2);
  expect(blocks[1]?.text.text).toContain('Action: pay (to: <!here>)');
});

test('P6 notice: the key and the link never come from a notice, which any scheduler of activities could forge', async () => {
  let body = '';
  const url = await serving((request, response) => {
    void text(request).then((whole) => {
      body = whole;
      response.end();
    });
  });
  const forged = { ...notice, id: 'seen before', link: 'https://evil.example', v: 2, more: 1 };
  const { signal } = new AbortController();
  const known = createNoticeContext(notice, undefined, signal);
  await webhook({ url, secret, allowPrivate: true }).send(forged, known);
  const { baton } = JSON.parse(body) as { baton: Record<string, unknown> };
  expect(baton).toEqual({ v: 1, id: known.key, ...notice });
});

test('P6 notice: one and the same notice has one key; another event, revision or occurrence has another', () => {
  const keyOf = (given: Partial<Notice>): string =>
    createNoticeContext({ ...notice, ...given }, undefined, new AbortController().signal).key;
  const keys = [
    keyOf({}),
    keyOf({ event: 'decided' }),
    keyOf({ occurrence: 2 }),
    keyOf({ request: { ...notice.request, revision: 2 } }),
    keyOf({ request: { ...notice.request, id: 'pay-2/0123456789abcdef01234567' } }),
  ];
  expect(new Set(keys).size).toBe(5);
  expect(keyOf({ to: [] })).toBe(keys[0]);
});

test.each([
  [500, undefined, true, undefined],
  [503, '7', true, 7_000],
  [429, '2', true, 2_000],
  [408, undefined, true, undefined],
  [400, undefined, false, undefined],
  [404, undefined, false, undefined],
  [410, '5', false, 5_000],
])(
  'P6 notice: HTTP %i with Retry-After %j is retried: %j',
  async (status, after, retryable, retryAfterMs) => {
    const url = await serving((_request, response) => {
      response.writeHead(status, after === undefined ? {} : { 'retry-after': after }).end('no_service');
    });
    const error = await refusal(sent(url));
    expect({ retryable: error.retryable, retryAfterMs: error.retryAfterMs }).toEqual({
      retryable,
      retryAfterMs,
    });
    expect(error.message).toContain(`answered HTTP ${status}`);
    expect(error.message.includes('no_service')).toBe(status < 500);
  },
);

test('P6 notice: nothing is sent to a server whose certificate is not trusted', async () => {
  let heard = 0;
  const stranger = createTlsServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => {
    heard += 1;
    response.end();
  });
  servers.push(stranger);
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  const error = await refusal(sent(`https://127.0.0.1:${port}/`));
  expect(error).toMatchObject({ retryable: true, message: expect.stringContaining('SELF_SIGNED') });
  expect(heard).toBe(0);
});

test('P6 notice: a redirect is not followed', async () => {
  let followed = 0;
  const other = await serving((_request, response) => {
    followed += 1;
    response.end();
  });
  const url = await serving((_request, response) => {
    response.writeHead(307, { location: `${other}/latest/meta-data` }).end();
  });
  const error = await refusal(sent(url));
  expect(error.retryable).toBe(false);
  expect(error.message).toContain('only the configured one is used');
  expect(followed).toBe(0);
});

test('P6 notice: a receiver that hangs is abandoned at the timeout, or when the worker stops', async () => {
  const url = await serving(() => undefined);
  const late = await refusal(sent(url, { timeoutMs: 50 }));
  expect(late).toMatchObject({ retryable: true, message: expect.stringContaining('within 50 ms') });
  const ending = new AbortController();
  const sending = refusal(sent(url, {}, ending.signal));
  ending.abort();
  expect((await sending).retryable).toBe(true);
});

test('P6 notice: a receiver that switches protocols is an error, and does not block the worker', async () => {
  const server = createSocket((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: talk\r\n\r\n'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await refusal(sent(`http://127.0.0.1:${port}/`))).toMatchObject({ retryable: true });
  server.close();
});

test('P6 notice: only the needed part of a response is read, and a 2xx is accepted before its body ends', async () => {
  const written: number[] = [];
  const url = await serving((request, response) => {
    const { socket } = request;
    response.on('close', () => written.push(socket.bytesWritten));
    response.writeHead(request.url === '/taken' ? 200 : 400);
    const flood = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', flood);
    };
    flood();
  });
  expect(await sent(`${url}/taken`)).toMatchObject({ outcome: 'taken' });
  expect((await refusal(sent(`${url}/refused`))).message.length).toBeLessThan(300);
  await expect.poll(() => written.length).toBe(2);
  // Only as much as the system had buffered.
  expect(Math.max(...written)).toBeLessThan(20_000_000);
});

test('P6 notice: an error never contains the secret or parts of the URL, even when the receiver repeats them', async () => {
  const path = '/services/T0001/B0002/very-secret-token?key=also-secret';
  const url = await serving((_request, response) => {
    response.writeHead(403).end(`${secret} ${path} very-secret-token key: also-secret`);
  });
  const echoed = await refusal(sent(`${url}${path}`));
  const unreached = await refusal(sent(`http://127.0.0.1:1${path}`));
  expect(unreached).toMatchObject({
    retryable: true,
    message: '127.0.0.1:1 could not be reached (ECONNREFUSED).',
  });
  for (const { message, stack = '' } of [echoed, unreached]) {
    expect(`${message}${stack}`).not.toContain(secret);
    expect(`${message}${stack}`).not.toMatch(/very-secret-token|also-secret/);
  }
});

test.each([
  'https://127.0.0.1/',
  'https://localhost/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.8/',
])('P6 notice: nothing is sent to %s unless that is allowed', async (url) => {
  const error = await refusal(sent(url, { allowPrivate: false }));
  expect(error.retryable).toBe(false);
  expect(error.message).toContain('is not an address of the public internet, so nothing was sent');
});

test.each([
  [{ url: 'http://hooks.example.com/' }, 'must be https'],
  [{ url: 'ftp://hooks.example.com/', allowPrivate: true }, 'is an address such as'],
  [{ url: 'https://ada:pw@hooks.example.com/' }, 'without user and password'],
  [{ url: 'hooks.example.com' }, 'is an address such as'],
  [{ secret: 'short' }, 'fewer than 16'],
  [{ timeoutMs: 60_000 }, 'up to 25000'],
])('P6 notice: a webhook is not configured with %j', (given, problem) => {
  const configured = { url: 'https://hooks.example.com/T/secret-token', secret, ...given };
  expect(() => webhook(configured)).toThrow(problem);
  expect(() => webhook(configured)).not.toThrow(/secret-token|pw|short/);
});
