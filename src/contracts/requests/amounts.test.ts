import { expect, test } from 'vitest';
import type { Json } from '../data/json.js';
import { listAmounts } from './amounts.js';

const told = (args: Json): string[] => listAmounts(args).map(({ name, text }) => `${name}: ${text}`);

test.each([
  [{ to: 'bob', cents: 125_000 }, ['cents: 1,250.00']],
  [{ cents: 5 }, ['cents: 0.05']],
  [{ refundCents: -1_250, currency: 'eur' }, ['refundCents: -12.50 EUR']],
  [{ total_eur_cents: '1234567890' }, ['total_eur_cents: 12,345,678.90 EUR']],
  [{ order: { total: '99.90', currency_code: 'GBP' } }, ['order.total: 99.90 GBP']],
  [{ payments: [{ value: 7, currency: 'CHF' }] }, ['payments.0.value: 7 CHF']],
])('amounts: %j names %j', (args, amounts) => {
  expect(told(args)).toEqual(amounts);
});

test('amounts: a number whose name does not say its unit stays as it is', () => {
  expect(told({ amount: 125_000 })).toEqual(['amount: 125,000']);
});

test('amounts: a text of the run, a count and a number without a name of money are none', () => {
  expect(
    told({ memo: 'pay 5', value: 5, totalTokens: 5, cents: '5 now', price: 'cents: 5', amount: null }),
  ).toEqual([]);
});

test('amounts: those at the top come first, and there are at most three', () => {
  const args = { meta: { price: 1 }, cents: 500, list: [{ fee: 1 }, { fee: 2 }, { fee: 3 }] };
  expect(told(args)).toEqual(['cents: 5.00', 'meta.price: 1', 'list.0.fee: 1']);
});
