import { describe, expect, test } from 'vitest';
import { preview } from './preview.js';

describe('preview', () => {
  test.each([
    ['a text, on one line', ' two\n lines ', 'two lines'],
    [
      'an object, by its parts',
      { query: 'retry', limit: 3, deep: { on: true } },
      'query: retry, limit: 3, deep: on: true',
    ],
    ['a list, by its first', ['one', 'two', 'three'], 'one and 2 more'],
    ['nothing', undefined, ''],
    ['null', null, 'null'],
    ['an empty list', { found: [] }, 'found: none'],
  ])('shows %s', (_what, value, line) => {
    expect(preview(value)).toBe(line);
  });

  test('never exceeds its room, and shows every part while there is some', () => {
    const value = { question: 'q'.repeat(200), subtask: { id: 'reasons', keywords: ['k'.repeat(50), 'l'] } };
    for (const room of [200, 120, 60, 20, 5, 1])
      expect(preview(value, room).length).toBeLessThanOrEqual(room);
    expect(preview(value, 90)).toMatch(/^question: q+…, subtask: id: reasons, keywords: /);
  });
});
