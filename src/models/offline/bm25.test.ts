import { describe, expect, it } from 'vitest';
import { scoreBm25, rank, selectRelevant } from './bm25.js';

const TEXTS = [
  'The weather is fine.',
  'A retry waits before the next attempt.',
  'Retries are bounded by maximumAttempts.',
  'Retries are bounded by maximumAttempts!',
  'Nothing else matters here.',
];

describe('bm25', () => {
  it('bm25: scores equal the formula when computed by hand', () => {
    const [first, second] = scoreBm25(
      [
        ['a', 'b'],
        ['b', 'b', 'c', 'd'],
      ],
      ['a', 'b', 'a'],
    );
    const idfA = Math.log(1 + 1.5 / 1.5);
    const idfB = Math.log(1 + 0.5 / 2.5);
    const short = 1.2 * (0.25 + (0.75 * 2) / 3);
    const long = 1.2 * (0.25 + (0.75 * 4) / 3);
    expect(first).toBeCloseTo((idfA * 2.2) / (1 + short) + (idfB * 2.2) / (1 + short), 10);
    expect(second).toBeCloseTo((idfB * 2 * 2.2) / (2 + long), 10);
    expect(scoreBm25([], ['a'])).toEqual([]);
    expect(scoreBm25([[]], ['a'])).toEqual([0]);
  });

  it('rank: texts that share a term come best first when a query is inflected', () => {
    expect(rank(TEXTS, 'How is retrying bounded?').map(({ index }) => index)).toEqual([2, 3, 1]);
    expect(rank(TEXTS, 'submarine')).toEqual([]);
  });

  it('selectRelevant: repeats are left out and the order of the text is kept when several fit', () => {
    expect(selectRelevant(TEXTS, 'How is retrying bounded?', 3).map(({ index }) => index)).toEqual([1, 2]);
    expect(selectRelevant(TEXTS, 'How is retrying bounded?', 1).map(({ index }) => index)).toEqual([2]);
  });
});
