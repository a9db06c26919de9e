import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from './base64url.js';

test('base64url: writes and reads the same as Node, at any length', () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = randomBytes(length);
    const text = bytes.toString('base64url');
    expect(toBase64url(bytes)).toBe(text);
    expect([...fromBase64url(text)]).toEqual([...bytes]);
  }
});

test.each(['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'AA=', 'A+/A', 'AA A', 'AA\n', 'AAé', 'AA😀'])(
  'base64url: %j is refused because it is not canonical',
  (text) => {
    expect(() => fromBase64url(text)).toThrow();
  },
);
