/**
 * Compact JWS with Ed25519, RFC 7515 and RFC 8037: synchronous and without Web Crypto, so that the same code checks
 * a signature in the workflow's sandbox, in a worker, and in an audit.
 */
import { getPublicKey, hashes, sign, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { base64urlnopad, utf8 } from '@scure/base';
import { canonicalJson } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';

hashes.sha512 = sha512;

/** A private key, as RFC 8037 writes it. It never leaves the file it was made into. */
export interface PrivateKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The public part. */
  readonly x: string;
  /** The private part. */
  readonly d: string;
  readonly kid: string;
}

/** What a token says before anybody has checked its signature. */
export interface UncheckedToken {
  readonly typ: string;
  readonly kid: string;
  readonly claims: unknown;
  /** Whether the key made the signature. */
  readonly signedBy: (publicKey: string) => boolean;
}

/** The RFC 7638 thumbprint of a public key. */
export function thumbprint(x: string): string {
  return base64urlnopad.encode(sha256(utf8.decode(canonicalJson({ crv: 'Ed25519', kty: 'OKP', x }))));
}

/** A private key from 32 random bytes. */
export function privateKey(seed: Uint8Array): PrivateKey {
  const x = base64urlnopad.encode(getPublicKey(seed));
  return { kty: 'OKP', crv: 'Ed25519', x, d: base64urlnopad.encode(seed), kid: thumbprint(x) };
}

/** Signs claims as a compact JWS. */
export function signToken(typ: string, claims: Json, key: Pick<PrivateKey, 'd' | 'kid'>): string {
  const signed = `${encodeJson({ alg: 'EdDSA', kid: key.kid, typ })}.${encodeJson(claims)}`;
  const signature = sign(utf8.decode(signed), base64urlnopad.decode(key.d));
  return `${signed}.${base64urlnopad.encode(signature)}`;
}

/** What a decision can carry, 32 KiB of JSON, fits; what is longer is not worth the time of taking it apart. */
const LONGEST = 262_144;

/** Takes a compact JWS apart; undefined when it is none, or is signed in another way than with Ed25519. */
export function readToken(jws: string): UncheckedToken | undefined {
  if (jws.length > LONGEST) return undefined;
  const [header, payload, signature, ...rest] = jws.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return;
  try {
    const { alg, kid, typ, crit } = decodeJson(header) as Partial<Record<string, unknown>>;
    // An extension that must be understood is not: RFC 7515, 4.1.11.
    if (alg !== 'EdDSA' || typeof kid !== 'string' || typeof typ !== 'string' || crit !== undefined) return;
    const bytes = base64urlnopad.decode(signature);
    const signed = utf8.decode(`${header}.${payload}`);
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
    // RFC 8032 as it stands, not ZIP-215: one key, one message, one signature.
    return verify(signature, signed, base64urlnopad.decode(x), { zip215: false });
  } catch {
    return false;
  }
}

function encodeJson(value: Json): string {
  return base64urlnopad.encode(utf8.decode(canonicalJson(value)));
}

function decodeJson(part: string): unknown {
  return JSON.parse(utf8.encode(base64urlnopad.decode(part)));
}
