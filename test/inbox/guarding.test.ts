/** Access to the inbox page and its refusals: tests over plain HTTP, as another site or another program would try. */
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const desk = new CliDesk();
const keys = await generateKeyPair('RS256');
let issuer: Server;
let url: string;

beforeAll(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256' };
  issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const { port } = issuer.address() as AddressInfo;
  const serving = desk.begin(['inbox', 'serve', '--port', '0', '--json'], {
    BATON_INBOX_OIDC_ISSUER: 'https://login.example.com',
    BATON_INBOX_OIDC_AUDIENCE: 'baton-inbox',
    BATON_INBOX_OIDC_JWKS_URI: `http://127.0.0.1:${port}/keys`,
    BATON_INBOX_OIDC_SUBJECT_CLAIM: 'email',
  });
  url = (await serving.says('stdout', /"url": "([^"]+)"/))[1] ?? '';
});
afterAll(async () => {
  issuer.close();
  await desk.close();
});

/** Without what a browser, or fetch, would add or forbid. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  form?: Record<string, string>,
): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  const posted = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': `${body?.length ?? 0}`,
    origin: url,
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      new URL(path, url),
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...(body === undefined ? {} : posted), ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function tokenOf(subject: string): Promise<string> {
  const { document } = await desk.json<{ link: string }>(['inbox', 'link', '--as', subject]);
  return new URL(document.link).searchParams.get('token') ?? '';
}

async function cookieOf(subject: string): Promise<string> {
  const { headers } = await ask('/sign-in', {}, { token: await tokenOf(subject) });
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

test('inbox sign-in: a link survives a preview, signs in once, and sets a cookie that scripts and other sites cannot use', async () => {
  const token = await tokenOf('ada');
  for (const _ of [1, 2]) expect((await ask(`/sign-in?token=${token}`)).text).toContain('Sign in as ada');
  const first = await ask('/sign-in', {}, { token, next: '/decided' });
  expect([first.status, first.headers.location]).toEqual([303, '/decided']);
  expect(first.headers['set-cookie']?.[0]).toMatch(
    /^baton-inbox-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const second = await ask('/sign-in', {}, { token });
  expect(second.status).toBe(401);
  expect(second.text).toContain('SIGN_IN_REFUSED');
  expect(second.headers['set-cookie']).toBeUndefined();
});

test('inbox sign-in: of ten who use one link at once, one gets in', async () => {
  const token = await tokenOf('ada');
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('/sign-in', {}, { token })));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
});

test('inbox files: only their owner reads the address, the links and their folders', async () => {
  await tokenOf('ada');
  const files = readdirSync(join(desk.folder, '.baton', 'inbox'), { recursive: true, encoding: 'utf8' });
  expect(files).toContain('address.json');
  expect(files.filter((name) => name.startsWith('links/')).length).toBeGreaterThan(0);
  const modeOf = (name: string): number => statSync(join(desk.folder, '.baton', 'inbox', name)).mode & 0o077;
  expect(files.filter((name) => modeOf(name) !== 0)).toEqual([]);
});

test('inbox sign-in: nobody is sent to another site afterwards', async () => {
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example', 'x']) {
    const { headers } = await ask('/sign-in', {}, { token: await tokenOf('ada'), next });
    expect(headers.location).toBe('/');
  }
});

test('inbox page: who is not signed in sees nothing, and decides nothing', async () => {
  for (const path of ['/', '/decided', '/request?id=a/0123456789ab', '/run?id=a']) {
    expect((await ask(path)).headers.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  expect((await ask('/events')).status).toBe(401);
  expect((await ask('/decide', {}, { request: 'a/0123456789ab' })).status).toBe(401);
});

test('inbox page: a form counts with the token of its own session only, and from this origin only', async () => {
  const [ada, eve] = [await cookieOf('ada'), await cookieOf('eve')];
  const csrf = /name="csrf" value="([^"]+)"/.exec((await ask('/', { cookie: eve })).text)?.[1] ?? '';
  const form = { request: 'a/0123456789ab', option: 'approve' };
  const refused = [
    await ask('/decide', { cookie: ada }, form),
    await ask('/decide', { cookie: ada }, { ...form, csrf }),
    await ask('/decide', { cookie: eve, origin: 'https://evil.example' }, { ...form, csrf }),
    await ask('/decide', { cookie: eve, origin: 'null' }, { ...form, csrf }),
    await ask('/decide', { cookie: eve, origin: '' }, { ...form, csrf }),
    await ask('/decide', { cookie: eve, 'content-type': 'text/plain' }, { ...form, csrf }),
  ];
  expect(refused.map(({ status }) => status)).toEqual(Array<number>(6).fill(403));
  expect(refused.every(({ text }) => text.includes('FORM_REFUSED'))).toBe(true);
  // As it is meant: refused only because there is no such run.
  expect((await ask('/decide', { cookie: eve }, { ...form, csrf })).text).toContain('UNKNOWN_RUN');
});

test('inbox page: a name that was rebound to this machine is not served', async () => {
  const { port } = new URL(url);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1']) {
    expect((await ask('/sign-in', { host })).status).toBe(403);
  }
  expect((await ask('/sign-in', { host: `localhost:${port}` })).status).toBe(200);
});

test('inbox page: every answer forbids what the page does not need', async () => {
  for (const path of ['/sign-in', '/assets/page.js', '/nowhere', '/']) {
    const { headers } = await ask(path);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('same-origin');
  }
});

test('inbox page: an error has a page with its code', async () => {
  const cookie = await cookieOf('ada');
  const unknown = await ask('/run?id=nobody-knows-it', { cookie });
  expect([unknown.status, unknown.text.includes('UNKNOWN_RUN')]).toEqual([404, true]);
  expect((await ask('/nowhere', { cookie })).status).toBe(404);
});

interface IdToken {
  readonly iss?: string;
  readonly aud?: string | string[];
  readonly azp?: string;
  readonly typ?: string;
  /** As Keycloak says what a token is: in the payload, where others say it in the header. */
  readonly use?: string;
  readonly verified?: unknown;
  readonly nbf?: string;
  readonly email?: string | string[];
  readonly alg?: string;
  readonly key?: Parameters<SignJWT['sign']>[0];
  readonly exp?: string;
}

/** A token as the issuer would give it, but for what is wrong with it. */
function idToken(wrong: IdToken = {}): Promise<string> {
  const { email = 'ada@example.com', alg = 'RS256', key = keys.privateKey, exp = '5 minutes' } = wrong;
  const {
    iss = 'https://login.example.com',
    aud = 'baton-inbox',
    azp,
    typ = 'JWT',
    nbf = '0 s',
    use,
  } = wrong;
  const verified = 'verified' in wrong ? wrong.verified : true;
  const said = { ...(azp === undefined ? {} : { azp }), ...(use === undefined ? {} : { typ: use }) };
  return new SignJWT({ email, email_verified: verified, ...said })
    .setProtectedHeader({ alg, kid: 'k1', typ })
    .setNotBefore(nbf)
    .setIssuer(iss)
    .setAudience(aud)
    .setSubject('u-1')
    .setExpirationTime(exp)
    .sign(key);
}

test("inbox sign-in: an issuer's token lets in whom it names, from a proxy or by the sign-in page", async () => {
  const token = await idToken();
  const bearer = await ask('/', { authorization: `Bearer ${token}` });
  expect([bearer.status, bearer.text.includes('ada@example.com')]).toEqual([200, true]);
  expect((await ask('/', { authorization: `Bearer ${await idToken({ use: 'ID' })}` })).status).toBe(200);
  const shared = await idToken({ aud: ['baton-inbox', 'another-service'], azp: 'baton-inbox' });
  expect((await ask('/', { authorization: `Bearer ${shared}` })).status).toBe(200);
  const typed = await ask('/sign-in', {}, { id_token: token });
  expect(typed.status).toBe(303);
  expect(typed.headers['set-cookie']).toHaveLength(1);
});

test('inbox sign-in: a token of another issuer, for another service, too old or too new, for a program, of an unverified address, unsigned, or signed with a shared secret lets nobody in', async () => {
  const others = await generateKeyPair('RS256');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await idToken()).split('.')[1]}.`;
  const tokens = [
    await idToken({ iss: 'https://evil.example' }),
    await idToken({ aud: 'another-service' }),
    await idToken({ exp: '10 minutes ago' }),
    await idToken({ nbf: '10 minutes from now' }),
    await idToken({ typ: 'at+jwt' }),
    await idToken({ typ: 'application/at+jwt' }),
    await idToken({ use: 'Bearer' }),
    await idToken({ use: 'bearer' }),
    await idToken({ azp: 'another-service' }),
    await idToken({ aud: ['baton-inbox', 'another-service'] }),
    await idToken({ verified: false }),
    await idToken({ verified: undefined }),
    await idToken({ verified: 'true' }),
    await idToken({ email: '' }),
    await idToken({ email: ['ada@example.com'] }),
    await idToken({ key: others.privateKey }),
    await idToken({ alg: 'HS256', key: new TextEncoder().encode('a shared secret of thirty-two bytes') }),
    unsigned,
    'no.token',
  ];
  for (const token of tokens) {
    const answer = await ask('/', { authorization: `Bearer ${token}` });
    expect([answer.status, answer.text.includes('SIGN_IN_REFUSED')]).toEqual([401, true]);
  }
});

test('inbox serve: beyond this machine it is served only by an address that is said, with TLS', async () => {
  for (const more of [
    ['--host', '0.0.0.0'],
    ['--url', 'http://inbox.example.com'],
    ['--url', 'https://a.example/path'],
  ]) {
    const { code, document } = await desk.json<{ error: { code: string } }>([
      'inbox',
      'serve',
      '--port',
      '0',
      ...more,
    ]);
    expect([code, document.error.code]).toEqual([2, 'BAD_CONFIG']);
  }
});
