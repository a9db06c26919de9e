import { describe, expect, test } from 'vitest';
import { findUnhashable } from './hashable-json.js';
import { cutToBytes, cutToJsonBytes } from './within-bytes.js';

const utf8 = (text: string): number => Buffer.byteLength(text);

describe('cutToBytes', () => {
  test.each(['plain words', '', 'ü'.repeat(5), '🙂'.repeat(2)])('%j: stays as it is when it fits', (text) => {
    expect(cutToBytes(text, utf8(text))).toBe(text);
  });

  test.each(['a', 'ü', '漢', '🙂', 'a🙂'])(
    '%j in great number: cut between characters, never above the limit',
    (each) => {
      for (let max = 3; max < 40; max += 1) {
        const cut = cutToBytes(each.repeat(50), max);
        expect(utf8(cut)).toBeLessThanOrEqual(max);
        expect(cut).toMatch(/…$/);
        expect(cut).not.toContain('\uFFFD');
        expect(findUnhashable(cut)).toBeUndefined();
        expect(utf8(cut)).toBeGreaterThan(max - 2 * utf8(each) - 1);
      }
    },
  );
});

test.each(['a', '"', '\u0001', '🙂', '\\\n', '\b\t', '\u007F', '\uD83D'])(
  'cutToJsonBytes: %j in great number counts as JSON writes it',
  (each) => {
    for (let max = 16; max < 60; max += 1)
      expect(utf8(JSON.stringify(cutToJsonBytes(each.repeat(50), max)))).toBeLessThanOrEqual(max);
    expect(cutToJsonBytes(each, 20)).toBe(each);
  },
);
