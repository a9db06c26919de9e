/** Fetching from servers on this machine whose address is explicitly allowed, with resolvers that lie. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fetchText } from './fetch-text.js';
import type { FetchOutcome } from './fetch-outcome.js';
import type { FetchPolicy, ResolvedAddress } from './policy.js';

const seen: { url: string; method: string; headers: http.IncomingHttpHeaders }[] = [];
const answers = new Map<string, (response: http.ServerResponse, request: http.IncomingMessage) => void>();
const server = http.createServer((request, response) => {
  const url = request.url ?? '';
  seen.push({ url, method: request.method ?? '', headers: request.headers });
  const answer = answers.get(url.split('?')[0] ?? '');
  if (answer) return answer(response, request);
  response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  seen.length = 0;
  answers.clear();
});

const page = (path: string, body: string | Buffer, headers: http.OutgoingHttpHeaders = {}): void => {
  answers.set(path, (response) =>
    response.writeHead(200, { 'content-type': 'text/plain', ...headers }).end(body),
  );
};
const redirect = (path: string, location: string, status = 302): void => {
  answers.set(path, (response) => response.writeHead(status, { location }).end());
};

/** Host names of these tests, all on this machine. */
const here = async (): Promise<ResolvedAddress[]> => [{ address: '127.0.0.1', family: 4 }];

function fetchHere(
  path: string,
  settings: Partial<FetchPolicy> = {},
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  return fetchText(
    path.startsWith('/') ? `http://site.test:${port}${path}` : path,
    {
      allow: [`site.test:${port}`, `*.docs.test:${port}`],
      allowPrivate: ['127.0.0.1'],
      resolve: here,
      ...settings,
    },
    signal,
  );
}

const refused = (words: string): object => ({ outcome: 'refused', reason: expect.stringContaining(words) });
const failed = (words: string): object => ({ outcome: 'failed', reason: expect.stringContaining(words) });

describe('fetching', () => {
  test('fetch: returns the text, its type and its status', async () => {
    page('/a', 'grüße', { 'content-type': 'text/plain; charset=utf-8' });
    expect(await fetchHere('/a?q=1#part')).toEqual({
      outcome: 'ok',
      url: `http://site.test:${port}/a?q=1`,
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      text: 'grüße',
      truncated: false,
    });
    expect(await fetchHere('/none')).toMatchObject({ outcome: 'ok', status: 404, text: 'nothing here' });
  });

  test('fetch: asks with GET, without credentials and without cookies, also after a cookie was set', async () => {
    answers.set('/set', (response) =>
      response.writeHead(302, { location: '/b', 'set-cookie': 'secret=1' }).end(),
    );
    page('/b', 'b');
    await fetchHere('/set');
    expect(seen.map(({ url, method }) => `${method} ${url}`)).toEqual(['GET /set', 'GET /b']);
    for (const { headers } of seen)
      expect(Object.keys(headers).toSorted()).toEqual([
        'accept',
        'accept-encoding',
        'connection',
        'host',
        'user-agent',
      ]);
  });

  test('fetch: reads other charsets, and says when it cannot', async () => {
    page('/latin', Buffer.from([0x67, 0xfc]), { 'content-type': 'text/html; charset=iso-8859-1' });
    page('/odd', 'x', { 'content-type': 'text/html; charset=klingon' });
    expect(await fetchHere('/latin')).toMatchObject({ outcome: 'ok', text: 'gü' });
    expect(await fetchHere('/odd')).toEqual(failed('klingon'));
  });

  test.each([
    'application/json',
    'application/ld+json',
    'application/xhtml+xml',
    'text/markdown',
    'TEXT/HTML',
  ])('fetch: %s is text', async (type) => {
    page('/typed', '{}', { 'content-type': type });
    expect(await fetchHere('/typed')).toMatchObject({ outcome: 'ok', text: '{}' });
  });

  test('fetch: a body that is not text is not returned', async () => {
    page('/image', 'x', { 'content-type': 'image/png' });
    page('/zip', 'x', { 'content-type': 'application/octet-stream' });
    page('/lie', Buffer.from([65, 0, 66]));
    page('/packed', gzipSync('x'.repeat(1e6)), { 'content-encoding': 'gzip' });
    answers.set('/untyped', (response) => response.writeHead(200).end('x'));
    expect(await fetchHere('/image')).toEqual(failed('image/png'));
    expect(await fetchHere('/zip')).toEqual(failed('application/octet-stream'));
    expect(await fetchHere('/lie')).toEqual(failed('binary'));
    expect(await fetchHere('/packed')).toEqual(failed('compressed'));
    expect(await fetchHere('/untyped')).toEqual(failed('does not say'));
  });
});

describe('limits', () => {
  test('size: an endless body is cut between letters, and the connection is closed', async () => {
    const closed = new Promise<void>((done) => {
      answers.set('/endless', (response) => {
        response.writeHead(200, { 'content-type': 'text/plain' });
        const write = (): void => {
          while (!response.destroyed && response.write('é'.repeat(10_000)));
        };
        response.on('drain', write).on('close', () => done());
        write();
      });
    });
    const ended = await fetchHere('/endless', { maxBytes: 100_001 });
    expect(ended).toMatchObject({ outcome: 'ok', truncated: true, text: 'é'.repeat(50_000) });
    await closed;
  });

  test('size: the default limit is one megabyte, and a body of exactly that size is whole', async () => {
    page('/full', 'x'.repeat(1024 * 1024));
    page('/over', 'x'.repeat(1024 * 1024 + 1));
    const [full, over] = [await fetchHere('/full'), await fetchHere('/over')];
    const size = (ended: FetchOutcome): unknown =>
      ended.outcome === 'ok' ? [ended.text.length, ended.truncated] : ended;
    expect([size(full), size(over)]).toEqual([
      [1024 * 1024, false],
      [1024 * 1024, true],
    ]);
  });

  test.each(['no answer', 'no body', 'no end of redirects'])(
    'time: %s within the limit is a failure',
    async (what) => {
      answers.set('/slow', (response) => {
        if (what === 'no body') response.writeHead(200, { 'content-type': 'text/plain' }).write('begin');
        if (what === 'no end of redirects')
          setTimeout(() => response.writeHead(302, { location: '/slow' }).end(), 20).unref();
      });
      expect(await fetchHere('/slow', { timeMs: 200, maxRedirects: 1_000 })).toEqual(failed('within 0.2 s'));
    },
  );

  test('time: a resolver that never answers is a failure', async () => {
    expect(await fetchHere('/a', { timeMs: 100, resolve: () => new Promise(() => {}) })).toEqual(
      failed('within 0.1 s'),
    );
  });

  test('abort: the caller gets the reason of its signal', async () => {
    answers.set('/hang', () => control.abort(new Error('cancelled')));
    const control = new AbortController();
    await expect(fetchHere('/hang', {}, control.signal)).rejects.toThrow('cancelled');
  });

  test('failure: names the cause when the server hangs up, a name has no address or a port is closed', async () => {
    answers.set('/gone', (response) => response.socket?.destroy());
    answers.set('/broken', (response) => {
      response
        .writeHead(200, { 'content-type': 'text/plain', 'content-length': '10' })
        .write('x', () => response.destroy());
    });
    expect(await fetchHere('/gone')).toEqual(failed('hang up'));
    expect(await fetchHere('/broken')).toEqual(failed('aborted'));
    expect(await fetchHere('/a', { resolve: async () => [] })).toEqual(failed('has no address'));
    const nowhere = async (): Promise<never> => Promise.reject(new Error('getaddrinfo ENOTFOUND'));
    expect(await fetchHere('/a', { resolve: nowhere })).toEqual(failed('ENOTFOUND'));
    expect(await fetchHere('http://127.0.0.1:1/', { allow: ['127.0.0.1:1'] })).toEqual(
      failed('ECONNREFUSED'),
    );
  });
});

describe('redirects', () => {
  test('redirects: five are followed, the sixth is not', async () => {
    for (let at = 0; at < 6; at++) redirect(`/r${at}`, `/r${at + 1}`, [301, 302, 303, 307, 308, 302][at]);
    page('/r6', 'end');
    expect(await fetchHere('/r1')).toMatchObject({
      outcome: 'ok',
      text: 'end',
      url: `http://site.test:${port}/r6`,
    });
    expect(await fetchHere('/r0')).toEqual(failed('More than 5 redirects'));
  });

  test.each([
    ['http://evil.test/', 'evil.test is not on the list'],
    ['//evil.test/x', 'evil.test is not on the list'],
    ['file:///etc/passwd', 'Only http and https'],
    ['ftp://site.test/', 'Only http and https'],
    ['http://user@site.test/', 'credentials'],
    ['http://[', 'is not a URL'],
  ])('redirects: one to %s is refused', async (location, words) => {
    redirect('/away', location);
    expect(await fetchHere('/away')).toEqual(refused(words));
    expect(seen).toHaveLength(1);
  });

  test('redirects: a listed host that leads to a private address is refused', async () => {
    redirect('/in', `http://inner.docs.test:${port}/secret`);
    page('/secret', 'secret');
    const resolve = async (host: string): Promise<ResolvedAddress[]> => [
      { address: host === 'site.test' ? '127.0.0.1' : '127.0.0.2', family: 4 },
    ];
    expect(await fetchHere('/in', { resolve })).toEqual(refused('has the address 127.0.0.2'));
  });
});

describe('addresses', () => {
  const anywhere = { allow: ['*.test', 'localhost', '*.localhost'], allowPrivate: [] };

  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
  ])('addresses: a name that leads to %s is refused', async (address) => {
    const resolve = async (): Promise<ResolvedAddress[]> => [
      { address, family: address.includes(':') ? 6 : 4 },
    ];
    expect(await fetchHere('http://inner.test/', { ...anywhere, resolve })).toEqual(
      refused(`has the address ${address}`),
    );
  });

  test('addresses: one private address among public ones is enough to refuse', async () => {
    const resolve = async (): Promise<ResolvedAddress[]> => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    expect(await fetchHere('http://mixed.test/', { ...anywhere, resolve })).toEqual(refused('10.0.0.1'));
  });

  test.each(
    '127.0.0.1 127.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1 127.0.0.1. [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::] 0 １２７.0.0.1 ①②⑦.0.0.1'.split(
      ' ',
    ),
  )('addresses: %s is refused although the list has it', async (host) => {
    page('/secret', 'secret');
    const settings = {
      allow: [
        `127.0.0.1:${port}`,
        `0.0.0.0:${port}`,
        `[::1]:${port}`,
        `[::ffff:7f00:1]:${port}`,
        `[::]:${port}`,
      ],
      allowPrivate: [],
    };
    expect(await fetchHere(`http://${host}:${port}/secret`, settings)).toEqual(
      refused('not on the public internet'),
    );
    expect(seen).toEqual([]);
  });

  test.each(['localhost', 'LOCALHOST', 'localhost.', 'a.localhost'])(
    "addresses: %s is refused by the system's own resolver",
    async (host) => {
      const ended = await fetchText(`http://${host}/`, anywhere);
      // Some machines know no names below localhost.
      expect(ended).toEqual(
        host === 'a.localhost' ? expect.not.objectContaining({ outcome: 'ok' }) : refused('has the address'),
      );
    },
  );

  test('addresses: a name is resolved once, so a later answer of the resolver has no effect', async () => {
    page('/x', 'first');
    const said: string[] = [];
    const resolve = async (): Promise<ResolvedAddress[]> => {
      said.push(said.length === 0 ? '127.0.0.1' : '127.0.0.2');
      return [{ address: said.at(-1) ?? '', family: 4 }];
    };
    expect(await fetchHere('/x', { resolve })).toMatchObject({ outcome: 'ok', text: 'first' });
    expect(said).toEqual(['127.0.0.1']);
    expect(await fetchHere('/x', { resolve })).toEqual(refused('127.0.0.2'));
  });

  test('addresses: the connection goes to the resolved address, with the name in the request', async () => {
    page('/x', 'here');
    expect(await fetchHere('/x', { allow: [`other.test:${port}`] })).toEqual(refused('not on the list'));
    expect(await fetchHere(`http://A.Docs.TEST.:${port}/x`)).toMatchObject({ outcome: 'ok', text: 'here' });
    expect(seen.map(({ headers }) => headers.host)).toEqual([`a.docs.test:${port}`]);
  });
});

describe('what is asked', () => {
  test.each([
    ['not a url', 'is not a URL'],
    ['/only/a/path', 'is not a URL'],
    ['file:///etc/passwd', 'Only http and https'],
    ['data:text/plain,x', 'Only http and https'],
    ['javascript:alert(1)', 'Only http and https'],
    ['http://user:secret@site.test/', 'credentials'],
    ['http://site.test@evil.test/', 'credentials'],
    ['http://evil.test/', 'evil.test is not on the list'],
    ['https://site.test.evil.test/', 'not on the list'],
    ['http://site.test/', 'not on the list'],
    ['http://ѕite.test/', 'not on the list'],
  ])('asked: %s is refused', async (url, words) => {
    expect(await fetchText(url, { allow: [`site.test:${port}`], resolve: here })).toEqual(refused(words));
  });

  test('asked: nothing is allowed by default', async () => {
    expect(await fetchText('https://example.org/', {})).toEqual(refused('not on the list'));
  });
});
