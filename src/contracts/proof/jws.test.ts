import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { privateKey, readToken, signToken, thumbprint } from './jws.js';

/** The key of RFC 8037, appendix A. */
const D = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
const X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const key = privateKey(Buffer.from(D, 'base64url'));
const jwk = { kty: 'OKP', crv: 'Ed25519', x: X };

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('jws', () => {
  test('a key: its public part and its thumbprint are those of RFC 8037', () => {
    expect(key).toEqual({ ...jwk, d: D, kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' });
    expect(thumbprint(X)).toBe(key.kid);
  });

  test('a token: Node verifies what we sign, and we what Node signs', () => {
    const [header = '', payload = '', signature = ''] = signToken('t', { n: 1 }, key).split('.');
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify(null, Buffer.from(`${header}.${payload}`), publicKey, bytes)).toBe(true);

    const signed = `${part({ alg: 'EdDSA', kid: key.kid, typ: 't' })}.${part({ n: 2 })}`;
    const nodes = createPrivateKey({ key: { ...jwk, d: D }, format: 'jwk' });
    const token = readToken(`${signed}.${sign(null, Buffer.from(signed), nodes).toString('base64url')}`);
    expect(token?.claims).toEqual({ n: 2 });
    expect(token?.signedBy(X)).toBe(true);
    expect(token?.signedBy(privateKey(new Uint8Array(32)).x)).toBe(false);
  });

  test('one signature has one spelling: spare bits, padding and a signature plus the order are refused', () => {
    const signed = signToken('t', { n: 1 }, key);
    // 64 bytes are 86 characters, of which the last holds four spare bits.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(signed.slice(-1));
    const respelled = `${signed.slice(0, -1)}${alphabet[last + 1] ?? ''}`;
    expect(readToken(respelled)?.signedBy(X) ?? false).toBe(false);
    expect(readToken(`${signed}==`)?.signedBy(X) ?? false).toBe(false);

    const [header = '', payload = '', signature = ''] = signed.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    const order = (1n << 252n) + 27742317777372353535851937790883648493n;
    let s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
    for (let at = 32; at < 64; at += 1, s >>= 8n) bytes[at] = Number(s & 0xffn);
    expect(readToken(`${header}.${payload}.${bytes.toString('base64url')}`)?.signedBy(X)).toBe(false);
  });

  test('token: one that is too long for a decision is not parsed', () => {
    const long = signToken('t', { n: 'x'.repeat(300_000) }, key);
    expect(readToken(long)).toBeUndefined();
  });

  test.each([
    ['no text', ''],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['another algorithm', `${part({ alg: 'HS256', kid: 'k', typ: 't' })}.${part({})}.AA`],
    ['no algorithm', `${part({ alg: 'none', kid: 'k', typ: 't' })}.${part({})}.`],
    ['no kid', `${part({ alg: 'EdDSA', typ: 't' })}.${part({})}.AA`],
    ['a critical extension', `${part({ alg: 'EdDSA', kid: 'k', typ: 't', crit: ['x'] })}.${part({})}.AA`],
    ['a header that is null', `${part(null)}.${part({})}.AA`],
    ['no JSON', `${part({ alg: 'EdDSA', kid: 'k', typ: 't' })}.${Buffer.from('{').toString('base64url')}.AA`],
  ])('%s is not a valid token', (_what, text) => {
    expect(readToken(text)?.signedBy(X)).toBeUndefined();
  });
});
