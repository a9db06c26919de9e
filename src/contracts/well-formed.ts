/**
 * Text that can be hashed and sent. JavaScript's strings, and JSON's escapes, can hold half of a surrogate pair, which
 * has no place in UTF-8 and none in canonical JSON (RFC 8785): such text is refused from people and callers, and
 * mended, with U+FFFD, from models and tools.
 */
import { isJsonObject, type Json } from './json.js';

/** Half of a pair: a high one without a low one after it, or a low one without a high one before it. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const HALVES = new RegExp(HALF.source, 'g');

/** Whether all texts in a value are whole. Looks at values as JSON has them, and at nothing else. */
export function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !HALF.test(value);
  if (Array.isArray(value)) return value.every(isWellFormed);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => !HALF.test(name) && isWellFormed(part));
}

/** The value with U+FFFD for each half of a pair; itself when there is none. */
export function wellFormed<T extends Json>(value: T): T {
  return isWellFormed(value) ? value : (mended(value) as T);
}

function mended(value: Json): Json {
  if (typeof value === 'string') return value.replace(HALVES, '\uFFFD');
  if (Array.isArray(value)) return value.map(mended);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name.replace(HALVES, '\uFFFD'), mended(part)]),
  );
}
