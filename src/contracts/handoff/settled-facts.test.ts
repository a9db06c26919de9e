import type { SenderSummary, SettledFacts } from './envelope.js';
import { describe, expect, test } from 'vitest';
import { countSettled, mergeSettledFacts } from './settled-facts.js';

const nothing: SenderSummary = { done: [], decisions: [], answered: [], open: [], needToKnow: [] };

describe('mergeSettledFacts', () => {
  test('mergeSettledFacts: a fact repeated in the same words is kept once, at its last place', () => {
    const carried = { ...nothing, done: ['refund', 'no refund'], needToKnow: ['VIP', ' '] };
    const summary = { done: [' refund\n', 'wrote to the carrier'], needToKnow: ['VIP'] };
    expect(mergeSettledFacts(carried, summary)).toEqual({
      ...nothing,
      done: ['no refund', 'refund', 'wrote to the carrier'],
      needToKnow: ['VIP'],
    });
  });

  test.each([
    ['Key is aB1', 'Key is Ab1'],
    ['The file is a.', 'The file is a'],
    ['pad: "a  b"', 'pad: "a b"'],
    ['Is it paid?', 'Is it paid!'],
  ])('mergeSettledFacts: both are kept when they differ in any inner character: %j, %j', (one, other) => {
    const both = [one, other];
    const decisions = both.map((decision) => ({ decision, reason: decision }));
    const answered = both.map((question) => ({ question, answer: question }));
    const all = { done: both, decisions, answered, open: both, needToKnow: both };
    const first = mergeSettledFacts(
      undefined,
      Object.fromEntries(Object.entries(all).map(([k, v]) => [k, v.slice(0, 1)])),
    );
    expect(mergeSettledFacts(first, { ...all, answered, open: both })).toEqual({ ...all, open: both });
  });

  test('mergeSettledFacts: a different answer or reason is added to the earlier ones, with the newest last', () => {
    const answers = (...given: string[]) => given.map((answer) => ({ question: 'Which size?', answer }));
    const decisions = (...why: string[]) => why.map((reason) => ({ decision: 'refund', reason }));
    const first = { ...nothing, answered: answers('M', 'L'), decisions: decisions('damaged') };
    expect(
      mergeSettledFacts(first, { answered: answers('M'), decisions: decisions('late', 'damaged') }),
    ).toEqual({
      ...nothing,
      answered: answers('L', 'M'),
      decisions: decisions('late', 'damaged'),
    });
  });

  test('mergeSettledFacts: an open point stays open until it is answered, done or decided in its own words', () => {
    const first = mergeSettledFacts(undefined, {
      open: ['Which account?', 'call back', 'refund or not', 'the day'],
    });
    const second = mergeSettledFacts(first, {
      done: ['call back'],
      decisions: [{ decision: 'refund or not', reason: 'not' }],
      answered: [{ question: 'Which account? ', answer: 'the second' }],
      open: ['the street'],
    });
    expect(second.open).toEqual(['the day', 'the street']);
    // Somebody may find that it is not settled after all.
    expect(mergeSettledFacts(second, { open: ['Which account?'] }).open).toEqual([
      'the day',
      'the street',
      'Which account?',
    ]);
  });

  test('mergeSettledFacts: empty facts give none, and the count has every other fact', () => {
    expect(mergeSettledFacts(undefined, undefined)).toEqual(nothing);
    expect(
      mergeSettledFacts(undefined, { done: ['', ' \n'], answered: [{ question: ' ', answer: '' }] }),
    ).toEqual(nothing);
    const summary = { done: ['a'], answered: [{ question: 'Q', answer: '' }], open: ['b'] };
    expect([countSettled(mergeSettledFacts(undefined, summary)), countSettled(nothing)]).toEqual([3, 0]);
  });
});

/** Every summary that these words make, in an order that looks like chance and is always the same. */
function summaries(seed: number, count: number): SenderSummary[] {
  let state = seed;
  const below = (n: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % n;
  };
  const words = ['a', 'A', 'a.', ' a', 'b', '', 'a; b', 'a (before: b)', 'b\n- a', '\u2028a'];
  const word = (): string => words[below(words.length)] ?? '';
  const some = <T>(make: () => T): T[] => Array.from({ length: below(5) }, make);
  return Array.from({ length: count }, () => ({
    done: some(word),
    decisions: some(() => ({ decision: word(), reason: word() })),
    answered: some(() => ({ question: word(), answer: word() })),
    open: some(word),
    needToKnow: some(word),
  }));
}

describe('mergeSettledFacts, over many shapes', () => {
  test('mergeSettledFacts: merging again changes nothing, alone and with the last summary', () => {
    for (const [index, summary] of summaries(7, 300).entries()) {
      const before = summaries(index + 1, 3).reduce<SenderSummary>(mergeSettledFacts, nothing);
      const once = mergeSettledFacts(before, summary);
      expect(mergeSettledFacts(once, undefined)).toEqual(once);
      expect(mergeSettledFacts(undefined, once)).toEqual(once);
      expect(mergeSettledFacts(once, once)).toEqual(once);
      expect(mergeSettledFacts(once, summary)).toEqual(once);
    }
  });

  test('mergeSettledFacts: every named fact keeps its own words after every hop', () => {
    for (let seed = 1; seed < 50; seed += 1) {
      const chain = summaries(seed, 10);
      const all = chain.reduce<SenderSummary>(mergeSettledFacts, nothing);
      const named = (texts: readonly string[]) => new Set(texts.map((text) => text.trim()).filter(Boolean));
      expect(new Set(all.done)).toEqual(named(chain.flatMap(({ done }) => done)));
      expect(new Set(all.needToKnow)).toEqual(named(chain.flatMap(({ needToKnow }) => needToKnow)));
      for (const { decision, reason } of chain.flatMap(({ decisions }) => decisions))
        if (decision.trim() + reason.trim() !== '')
          expect(all.decisions).toContainEqual({ decision: decision.trim(), reason: reason.trim() });
      for (const { question, answer } of chain.flatMap(({ answered }) => answered))
        if (question.trim() + answer.trim() !== '')
          expect(all.answered).toContainEqual({ question: question.trim(), answer: answer.trim() });
    }
  });

  test('mergeSettledFacts: a chain that restates one thing does not grow by it', () => {
    const again: SenderSummary = {
      done: ['looked it up'],
      decisions: [
        { decision: 'refund', reason: 'damaged' },
        { decision: 'refund', reason: 'late' },
      ],
      answered: [
        { question: 'Size?', answer: 'M' },
        { question: 'Size?', answer: 'L' },
      ],
      open: ['the day'],
      needToKnow: ['VIP'],
    };
    const chain = Array.from({ length: 10 }, () => again);
    expect(chain.reduce<SenderSummary>(mergeSettledFacts, nothing)).toEqual(again);
  });
});

test('settled: an answer keeps its author when a sender repeats it, and a sender cannot name an author', () => {
  const saidBy = { by: 'grace', identity: 'signed' } as const;
  const question = 'May I pay?';
  const carried = { answered: [{ question, answer: 'Yes', saidBy }] };
  const repeated = mergeSettledFacts(carried, { answered: [{ question, answer: 'Yes' }] });
  expect(repeated.answered).toEqual([{ question, answer: 'Yes', saidBy }]);
  const other = mergeSettledFacts(carried, { answered: [{ question, answer: 'Yes, all' }] });
  expect(other.answered.at(-1)).toEqual({ question, answer: 'Yes, all' });
});

test('settled: an endless conversation carries the newest facts, decisions longest, and the number of dropped ones', () => {
  let account: SettledFacts = nothing;
  for (let turn = 1; turn <= 2_000; turn += 1) {
    const decisions = turn % 10 === 0 ? [{ decision: `decided ${turn}`, reason: 'r'.repeat(50) }] : [];
    account = mergeSettledFacts(account, { done: [`done ${turn} ${'x'.repeat(60)}`], decisions });
  }
  expect(JSON.stringify(account).length).toBeLessThan(120_000);
  expect(account.decisions).toHaveLength(200);
  expect(account.done.at(-1)).toMatch(/^done 2000 /);
  expect(account.done.length + (account.forgotten ?? 0)).toBe(2_000);
  expect(mergeSettledFacts(account, account)).toEqual(account);
});
