import { expect, test } from 'vitest';
import { findDifference } from './difference.js';

const told = (
  before: Parameters<typeof findDifference>[0],
  after: Parameters<typeof findDifference>[1],
): string[] =>
  findDifference(before, after).map(
    ({ kind, text }) => `${{ same: ' ', gone: '-', new: '+' }[kind]} ${text.trim()}`,
  );

test('difference: a changed property is a removed and an added line, and its neighbours stay the same', () => {
  expect(told({ to: 'bob', cents: 500 }, { to: 'bob', cents: 400 })).toEqual([
    '  {',
    '  "to": "bob",',
    '- "cents": 500',
    '+ "cents": 400',
    '  }',
  ]);
});

test('difference: equal values have no changed lines', () => {
  expect(findDifference({ a: [1, 2] }, { a: [1, 2] }).every(({ kind }) => kind === 'same')).toBe(true);
});

test('difference: a line that is put in between leaves its neighbours', () => {
  expect(told([1, 3], [1, 2, 3])).toEqual(['  [', '  1,', '+ 2,', '  3', '  ]']);
});
