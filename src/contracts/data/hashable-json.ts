/**
 * Values that can be hashed and sent. Canonical JSON (RFC 8785) excludes three things:
 * - half of a surrogate pair, which JavaScript strings and JSON escapes allow
 * - numbers that are too large for a JavaScript number
 * - nesting that is too deep for the stack
 *
 * Such a value is rejected if it comes from people or callers. In values from models and tools, U+FFFD replaces half
 * pairs.
 */
import type { Json } from './json.js';

/** A high surrogate without a low one after it, or a low one without a high one before it. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const HALVES = new RegExp(HALF.source, 'g');

/** The maximum nesting depth of a value. */
const DEPTH_LIMIT = 200;

/** Why a value has no canonical form, or undefined if it has one. Expects JSON values. */
export function findUnhashable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string')
    return HALF.test(value) ? 'a text holds half of a surrogate pair, which is not a character' : undefined;
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
 * Replaces each half of a surrogate pair with U+FFFD; without one it returns the same value. Numbers that are too large
 * and parts that are nested too deep stay as they are, so that {@link findUnhashable} still reports them. Parts below
 * the depth limit are not visited.
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
