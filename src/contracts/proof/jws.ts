/**
 * Compact JWS with Ed25519, RFC 7515 and RFC 8037. Synchronous and without Web Crypto, so that the same code checks a
 * signature in the workflow sandbox, in a worker, and in an audit.
 */
import { getPublicKey, hashes, sign, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import { createInputError } from '../errors.js';
import { fromBase64url, toBase64url } from './base64url.js';

hashes.sha512 = sha512;

/** A private key in the format of RFC 8037. It never leaves its file. */
export interface PrivateKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The public part. */
  readonly x: string;
  /** The private part. */
  readonly d: string;
  readonly kid: string;
}

/** The content of a token before its signature is checked. */
export interface UncheckedToken {
  readonly typ: string;
  readonly kid: string;
  readonly claims: unknown;
  /** Whether this key made the signature. */
  readonly signedBy: (publicKey: string) => boolean;
}

/** The RFC 7638 thumbprint of a public key. */
export function thumbprint(x: string): string {
  return toBase64url(sha256(utf8ToBytes(canonicalJson({ crv: 'Ed25519', kty: 'OKP', x }))));
}

/** A private key from 32 random bytes. */
export function privateKey(seed: Uint8Array): PrivateKey {
  const x = toBase64url(getPublicKey(seed));
  return { kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed), kid: thumbprint(x) };
}

/** Signs claims as a compact JWS. */
export function signToken(typ: string, claims: Json, key: Pick<PrivateKey, 'd' | 'kid'>): string {
  const signed = `${encodeJson({ alg: 'EdDSA', kid: key.kid, typ })}.${encodeJson(claims)}`;
  const signature = sign(utf8ToBytes(signed), fromBase64url(key.d));
  return `${signed}.${toBase64url(signature)}`;
}

/** The largest decision has 32 KiB of JSON and fits. A longer token is not worth the time to parse it. */
const LONGEST = 262_144;

/** Parses a compact JWS; undefined if it is not one, or if it is not signed with Ed25519. */
export function readToken(jws: string): UncheckedToken | undefined {
  if (jws.length > LONGEST) return undefined;
  const [header, payload, signature, ...rest] = jws.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return;
  try {
    const { alg, kid, typ, crit } = decodeJson(header) as Partial<Record<string, unknown>>;
    // Extensions that must be understood are not supported: RFC 7515, 4.1.11.
    if (alg !== 'EdDSA' || typeof kid !== 'string' || typeof typ !== 'string' || crit !== undefined) return;
    const bytes = fromBase64url(signature);
    const signed = utf8ToBytes(`${header}.${payload}`);
    return {
      typ,
      kid,
      claims: decodeJson(payload),
      signedBy: (x) => isSignature(bytes, signed, x),
    };
  } catch {
    return undefined;
  }
}

function isSignature(signature: Uint8Array, signed: Uint8Array, x: string): boolean {
  try {
    // RFC 8032, not ZIP-215: one key, one message, one signature.
    return verify(signature, signed, fromBase64url(x), { zip215: false });
  } catch {
    return false;
  }
}

function encodeJson(value: Json): string {
  return toBase64url(utf8ToBytes(canonicalJson(value)));
}

function decodeJson(part: string): unknown {
  // Strict, and without a TextDecoder: invalid UTF-8 throws.
  return JSON.parse(decodeURIComponent(bytesToHex(fromBase64url(part)).replace(/../g, '%$&')));
}

/** The maximum lifetime of a token: an older decision must be signed again. */
export const LONGEST_LIFE_MS = 7 * 86_400_000;

/** The signer, the key, and the lifetime. */
export interface Signing {
  readonly subject: string;
  readonly key: Pick<PrivateKey, 'd' | 'kid'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the token expires; at most {@link LONGEST_LIFE_MS} after `now`. Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * A compact JWS over a token's own claims and the common ones.
 *
 * @throws {BatonError} `BAD_INPUT` if its lifetime is longer than the maximum.
 */
export function signClaims(
  typ: string,
  { subject, key, now, expires }: Signing,
  own: Readonly<Record<string, Json>>,
): string {
  if (expires - now > LONGEST_LIFE_MS)
    throw createInputError('A signature counts for at most seven days. Let it expire earlier.', {
      subject,
    });
  const iat = Math.floor(now / 1_000);
  const exp = Math.floor(expires / 1_000);
  return signToken(typ, { v: 1, sub: subject, iat, exp, ...own }, key);
}
