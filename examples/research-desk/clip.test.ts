import { expect, test } from 'vitest';
import { clip } from './clip.js';

test('clip: a character of two code units at the edge is left out whole', () => {
  expect(clip('ab😀', 3)).toBe('ab');
  expect(clip('ab😀', 4)).toBe('ab😀');
  expect(clip('abc', 2)).toBe('ab');
  expect(clip('abc', -1)).toBe('');
});
