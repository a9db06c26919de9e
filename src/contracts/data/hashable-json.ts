/**
 * Values that can be hashed and sent. JavaScript's strings, and JSON's escapes, can hold half of a surrogate pair, and
 * JSON's numbers can be larger than any number: neither has a place in canonical JSON (RFC 8785), and what nests without
 * end has none on a stack. Such a value is refused from people and callers; half pairs are mended, with U+FFFD, from
 * models and tools.
 */
import type { Json } from './json.js';

/** Half of a pair: a high one without a low one after it, or a low one without a high one before it. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const HALVES = new RegExp(HALF.source, 'g');

/** How deep a value may nest. */
const DEPTH_LIMIT = 200;

/** Why a value has no canonical form, or undefined when it has one. Looks at values as JSON has them. */
export function findUnhashable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string')
    return HALF.test(value) ? 'a text holds half of a surrogate pair, which is no character' : undefined;
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : 'a number is not finite, or too large for one';
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Promise) return 'it holds a promise: await it first';
  if (depth >= DEPTH_LIMIT) return `it nests deeper than ${DEPTH_LIMIT} levels`;
  for (const [name, part] of Object.entries(value)) {
    const problem = findUnhashable(name) ?? findUnhashable(part, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * The value with U+FFFD for each half of a pair; itself when there is none. What cannot be mended, a number too large
 * or what nests too deep, stays, so that {@link findUnhashable} still tells of it: a part below the limit is not walked.
 */
export function toHashableJson<T extends Json>(value: T): T {
  return findUnhashable(value) === undefined ? value : (repairText(value, 0) as T);
}

function repairText(value: Json, depth: number): Json {
  if (typeof value === 'string') return value.replace(HALVES, '\uFFFD');
  if (typeof value !== 'object' || value === null || depth >= DEPTH_LIMIT) return value;
  if (Array.isArray(value)) return value.map((part) => repairText(part, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name.replace(HALVES, '\uFFFD'),
      repairText(part, depth + 1),
    ]),
  );
}
