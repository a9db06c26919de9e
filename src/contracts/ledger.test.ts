import { expect, test } from 'vitest';
import type { Carried } from './envelope.js';
import { countSettled, settled } from './ledger.js';

const nothing: Carried = { done: [], decisions: [], answered: [], needToKnow: [] };

test('settled: what is carried and said again stands once, in its newest words and its first place', () => {
  const carried = { ...nothing, done: ['looked up order 4711', 'called the shop'], needToKnow: ['VIP'] };
  const summary = { done: ['Looked up  order 4711.', 'wrote to the carrier'], needToKnow: ['vip!'] };
  expect(settled(carried, summary)).toEqual({
    ...nothing,
    done: ['Looked up  order 4711.', 'called the shop', 'wrote to the carrier'],
    needToKnow: ['vip!'],
  });
});

test('settled: a question answered anew keeps its earlier answer, the same answer stands once', () => {
  const carried = {
    ...nothing,
    answered: [
      { question: 'Which size?', answer: 'M' },
      { question: 'Which colour?', answer: 'red' },
    ],
  };
  const answered = [
    { question: 'which size', answer: 'L' },
    { question: 'Which colour?', answer: 'Red' },
  ];
  expect(settled(carried, { answered }).answered).toEqual([
    { question: 'which size', answer: 'L (before: M)' },
    { question: 'Which colour?', answer: 'Red' },
  ]);
});

test('settled: a decision made twice keeps both reasons', () => {
  const decision = 'refund in full';
  const decisions = [
    { decision, reason: 'damaged' },
    { decision: 'Refund in full.', reason: 'late' },
  ];
  expect(settled({ ...nothing, decisions: decisions.slice(0, 1) }, { decisions }).decisions).toEqual([
    { decision: 'Refund in full.', reason: 'damaged; late' },
  ]);
});

test('settled: merging what was merged changes nothing, and nothing is settled where nobody said anything', () => {
  const once = settled(
    { ...nothing, answered: [{ question: 'Size?', answer: 'M' }] },
    { done: ['a'], answered: [{ question: 'size', answer: 'L' }] },
  );
  expect(settled(once, undefined)).toEqual(once);
  expect(settled(undefined, undefined)).toEqual(nothing);
  expect([countSettled(once), countSettled(nothing)]).toEqual([2, 0]);
});
