import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import type { Json } from './json.js';
import { findUnhashable, toHashableJson } from './hashable-json.js';

const nested = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;

describe('well-formed text', () => {
  test.each([
    ['plain text', 'abc', true],
    ['a whole pair', '😀', true],
    ['a high half', 'a\uD83D', false],
    ['a low half', '\uDE00b', false],
    ['halves the wrong way round', '\uDE00\uD83D', false],
    ['a half deep inside', { a: [{ b: 'x\uD800' }] }, false],
    ['a half in a name', { '\uD800': 1 }, false],
    ['no text at all', [null, 1, true], true],
    ['a number that JSON can write and nobody can hold', JSON.parse('[1e999]'), false],
    ['what nests 9,000 levels deep', JSON.parse('['.repeat(9_000) + ']'.repeat(9_000)), false],
  ])('malformation: %s', (_what, value, expected) => {
    expect(findUnhashable(value) === undefined).toBe(expected);
  });

  test('toHashableJson: each half becomes U+FFFD, whole pairs stay, and the rest is the same value', () => {
    const broken = { 'n\uD800': ['😀\uD83D', 1, null, { deep: '\uDE00' }] };
    const mended = toHashableJson(broken);
    expect(mended).toEqual({ 'n\uFFFD': ['😀\uFFFD', 1, null, { deep: '\uFFFD' }] });
    expect(() => canonicalJson(mended)).not.toThrow();
    expect(() => canonicalJson(broken)).toThrow();
    const whole = { a: '😀' };
    expect(toHashableJson(whole)).toBe(whole);
  });

  test('toHashableJson: a value that nests too deep, or in itself, is not walked to its end, and is still refused', () => {
    const round: Json[] = ['\uD800'];
    round.push(round);
    for (const value of [nested(100_000), [['\uD83D'], nested(100_000)], round]) {
      const mended = toHashableJson(value);
      expect(findUnhashable(mended)).toBe('it nests deeper than 200 levels');
    }
    expect(findUnhashable(toHashableJson(nested(200)))).toBeUndefined();
  });

  test('toHashableJson: a number out of range stays, and is still refused', () => {
    const value = JSON.parse('["\uD800", 1e999]') as Json;
    expect(findUnhashable(toHashableJson(value))).toBe('a number is not finite, or too large for one');
  });
});
