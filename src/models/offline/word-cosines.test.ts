import { describe, expect, test } from 'vitest';
import { computeWordCosines } from './bm25.js';

describe('wordCosines', () => {
  test('scores: the same words are 1, no shared word is 0, and word forms count as one', () => {
    const [same, none, forms] = computeWordCosines('refund an invoice', [
      'invoice refund',
      'crash on start',
      'refunds of invoices',
    ]);
    expect(same).toBeCloseTo(1);
    expect(none).toBe(0);
    expect(forms).toBeCloseTo(1);
  });

  test('scores: a word that few candidates have counts more than one that all have', () => {
    const [common, rare] = computeWordCosines('customer password', [
      'customer invoice',
      'password customer help',
    ]);
    expect(rare).toBeGreaterThan(common ?? 1);
  });

  test('scores: an empty text is close to nothing', () => {
    expect(computeWordCosines('', ['a refund'])).toEqual([0]);
    expect(computeWordCosines('a refund', [])).toEqual([]);
  });
});
