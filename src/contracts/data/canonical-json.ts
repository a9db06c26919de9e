/**
 * Canonical JSON and digests: the same bytes and the same hash in the workflow sandbox, in Node, and for anyone outside
 * who verifies one.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalizeModule from 'canonicalize';

// The package is CommonJS: under Node's ESM loader and under webpack the default import is shaped differently.
type Canonicalize = (input: unknown) => string | undefined;
const canonicalize = ((canonicalizeModule as { default?: Canonicalize }).default ??
  canonicalizeModule) as Canonicalize;

/**
 * Serializes a value as RFC 8785 canonical JSON: sorted keys, shortest numbers, no white space. `undefined` properties
 * are omitted, as in `JSON.stringify`.
 *
 * @throws {TypeError} if the value has no JSON form (a function, `undefined`, NaN).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no JSON form.');
  return text;
}

/** SHA-256 over the canonical JSON of a value, in lower-case hex (64 characters). */
export function digest(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}
