import { expect, test } from 'vitest';
import { findNearest } from './nearest.js';

const sureness = { atLeast: 0.3, margin: 0.1 };

test.each([
  ['it is far enough above the others', { billing: 0.2, technical: 0.5 }, true],
  ['it is too low', { billing: 0.1, technical: 0.29 }, false],
  ['the second is too close', { billing: 0.45, technical: 0.5 }, false],
  ['there is no second', { technical: 0.3 }, true],
])('R3 nearest: the best score decides or not when %s', (_, scores, decided) => {
  expect(findNearest(scores, sureness)).toEqual({ to: 'technical', confidence: scores.technical, decided });
});

test('R3 nearest: nothing is chosen when there are no scores', () => {
  expect(findNearest({}, sureness)).toBeUndefined();
});
