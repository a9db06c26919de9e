import { describe, expect, test } from 'vitest';
import { addCost, assertPrices, formatCost, computeCost, type PriceTable } from './price.js';

const table: PriceTable = {
  version: '2026-11',
  models: { mini: { input: 250_000, output: 2_000_000 }, 'mini-2026-08': { input: 300_000, output: 0 } },
};
const asked = (...names: string[]) => ({ names, offline: false });

describe('prices', () => {
  test('costOf: whole micro-units, rounded up, with the table’s version', () => {
    expect(computeCost(table, { inputTokens: 1_000, outputTokens: 500 }, asked('mini'))).toEqual({
      amount: 1_250,
      currency: 'USD',
      prices: '2026-11',
    });
    expect(computeCost(table, { inputTokens: 1, outputTokens: 0 }, asked('mini'))?.amount).toBe(1);
    expect(computeCost(table, { inputTokens: 4, outputTokens: 0 }, asked('mini'))?.amount).toBe(1);
    expect(computeCost(table, { inputTokens: 5, outputTokens: 0 }, asked('mini'))?.amount).toBe(2);
  });

  test('costOf: exact where floating point would not be', () => {
    const dear: PriceTable = { version: 'x', models: { m: { input: 9_007_199_254_740_991, output: 1 } } };
    expect(computeCost(dear, { inputTokens: 1_000_000, outputTokens: 1 }, asked('m'))?.amount).toBe(
      9_007_199_254_740_992,
    );
  });

  test('costOf: the model that answered comes before the one that was asked', () => {
    expect(
      computeCost(table, { inputTokens: 1_000_000, outputTokens: 0 }, asked('mini-2026-08', 'mini')),
    ).toMatchObject({
      amount: 300_000,
    });
    expect(
      computeCost(table, { inputTokens: 1_000_000, outputTokens: 0 }, asked('mini-2027-01', 'mini')),
    ).toMatchObject({
      amount: 250_000,
    });
  });

  test('costOf: nothing offline, and undefined where there is no price', () => {
    expect(
      computeCost(table, { inputTokens: 9, outputTokens: 9 }, { names: ['offline'], offline: true })?.amount,
    ).toBe(0);
    expect(
      computeCost(table, { inputTokens: 9, outputTokens: 9 }, asked('other', 'toString')),
    ).toBeUndefined();
  });

  test('addCost: sums by version and currency', () => {
    const a = { amount: 1, currency: 'USD', prices: '1' };
    const b = { amount: 5, currency: 'USD', prices: '2' };
    expect([a, b, a].reduce(addCost, [])).toEqual([{ ...a, amount: 2 }, b]);
  });

  test.each([
    [0, '0.00 USD'],
    [1, '0.000001 USD'],
    [12_300, '0.0123 USD'],
    [500_000, '0.50 USD'],
    [1_000_000, '1.00 USD'],
    [123_456_789, '123.456789 USD'],
  ])('costInWords: %d micro-units are %s', (amount, words) => {
    expect(formatCost({ amount, currency: 'USD', prices: 'x' })).toBe(words);
  });

  test.each([
    [{ version: '', models: {} }, 'version must name the table'],
    [{ version: 'x', currency: 'dollars', models: {} }, 'currency is "dollars"'],
    [{ version: 'x', models: { m: { input: 0.25, output: 1 } } }, 'input of model m is 0.25'],
    [{ version: 'x', models: { m: { input: 1, output: -1 } } }, 'output of model m is -1'],
  ])('assertPrices: refuses a table that cannot be counted by', (bad, message) => {
    expect(() => assertPrices(bad)).toThrow(message);
  });

  test('assertPrices: a table passes', () => {
    expect(() => assertPrices(table)).not.toThrow();
  });
});
