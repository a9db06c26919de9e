import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyWebhook, signWebhook } from './webhook-signature.js';

const secret = 'a secret that both sides know';
const body = '{"text":"Wie löscht man? Ω"}';
const now = 1_800_000_000_000;
const timestamp = String(now / 1000);

function headers(given: { timestamp?: string; signature?: string } = {}): Record<string, string> {
  const at = given.timestamp ?? timestamp;
  return {
    'baton-timestamp': at,
    'baton-signature': given.signature ?? signWebhook(secret, at, body),
  };
}

test('P6 notice: the signature is HMAC-SHA256 over the time, a dot and the body, as other tools compute it', () => {
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  expect(signWebhook(secret, timestamp, body)).toBe(`v1=${expected}`);
});

test('P6 notice: a webhook of now is verified, with headers of Node or of fetch, and with one of several secrets', () => {
  expect(verifyWebhook({ body, headers: headers(), secret, now })).toBe(true);
  expect(verifyWebhook({ body, headers: new Headers(headers()), secret, now })).toBe(true);
  expect(verifyWebhook({ body, headers: headers(), secret: ['the next one', secret], now })).toBe(true);
});

test.each([
  ['another body', { body: `${body} ` }],
  ['another secret', { secret: 'another' }],
  ['no secret', { secret: [] }],
  ['an empty secret', { secret: '', headers: headers({ signature: signWebhook('', timestamp, body) }) }],
  ['too old', { now: now + 301_000 }],
  ['from the future', { now: now - 301_000 }],
  ['a time that was not signed', { headers: { ...headers(), 'baton-timestamp': String(now / 1000 + 1) } }],
  ['a time that is none', { headers: headers({ timestamp: '0x1' }) }],
  ['no signature', { headers: { 'baton-timestamp': timestamp } }],
  ['no time', { headers: { 'baton-signature': signWebhook(secret, timestamp, body) } }],
  ['a cut signature', { headers: headers({ signature: 'v1=' }) }],
  ['two signatures', { headers: { ...headers(), 'baton-signature': ['v1=a', 'v1=b'] } }],
  ['a clock that is broken', { now: Number.NaN }],
])('P6 notice: a webhook is refused when it has %s', (_what, given) => {
  expect(verifyWebhook({ body, headers: headers(), secret, now, ...given })).toBe(false);
});
