import { describe, expect, test } from 'vitest';
import { BatonError } from '../../contracts/errors.js';
import { BudgetAccount } from './budget.js';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');

function errorOf(body: () => unknown): BatonError {
  try {
    body();
  } catch (error) {
    if (error instanceof BatonError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('budget account', () => {
  test('assertRoom: names the budget, its limit, its use and its owner when it is exhausted', () => {
    const run = BudgetAccount.ofRun({ tokens: 100 }, NOW);
    run.spend({ tokens: 99, turns: 1 });
    run.assertRoom(NOW);
    run.spend({ tokens: 20, turns: 1 });
    const error = errorOf(() => run.assertRoom(NOW));
    expect(error.code).toBe('BUDGET_EXCEEDED');
    expect(error.facts).toEqual({ budget: 'tokens', limit: 100, used: 119, whose: 'the run' });
    expect(error.message).toContain('The tokens budget of the run is exhausted: 119 of 100 tokens.');
    expect(error.message).toContain('Raise its budget.tokens');
  });

  test.each(['turns', 'tokens', 'cost'] as const)(
    'assertRoom: no call begins when %s are exhausted',
    (what) => {
      const run = BudgetAccount.ofRun({ [what]: 2 }, NOW);
      run.spend({ [what]: 2 });
      expect(errorOf(() => run.assertRoom(NOW)).facts).toMatchObject({ budget: what, limit: 2, used: 2 });
    },
  );

  test('spend: a task’s use is used of the task’s giver', () => {
    const run = BudgetAccount.ofRun({ turns: 3 }, NOW);
    const task = run.task({ turns: 2 }, 'the task', NOW);
    task.spend({ turns: 2 });
    expect(errorOf(() => task.assertRoom(NOW)).facts).toMatchObject({ whose: 'the task', used: 2 });
    expect(run.getLeft()).toEqual({ turns: 1 });
    run.task({}, 'another', NOW).spend({ turns: 1 });
    expect(errorOf(() => run.assertRoom(NOW)).facts).toMatchObject({ whose: 'the run', used: 3 });
  });

  test('getLeft: a task has at most what its sender has left, even when it declares more', () => {
    const run = BudgetAccount.ofRun({ turns: 5, tokens: 100, cost: 10, wallTime: '1 minute', depth: 2 }, NOW);
    run.spend({ turns: 4, tokens: 40 });
    const greedy = run.task(
      { turns: 50, tokens: 1_000, cost: 1_000, wallTime: '1 day', depth: 9 },
      'x',
      NOW + 1_000,
    );
    expect(greedy.getLeft()).toEqual({
      depth: 2,
      turns: 1,
      tokens: 60,
      cost: 10,
      until: '2026-11-22T12:01:00.000Z',
    });
    const modest = run.task({ turns: 1, tokens: 7, wallTime: '2s', depth: 1 }, 'y', NOW + 1_000);
    expect(modest.getLeft()).toEqual({
      depth: 1,
      turns: 1,
      tokens: 7,
      cost: 10,
      until: '2026-11-22T12:00:03.000Z',
    });
  });

  test('handedOn: a task allows ten handoffs when no depth is set', () => {
    let ledger = BudgetAccount.ofRun(undefined, NOW).task(undefined, 'the task', NOW);
    for (let hop = 0; hop < 10; hop += 1) ledger = ledger.handedOn(undefined, `hop ${hop}`, NOW);
    const error = errorOf(() => ledger.handedOn(undefined, 'one more', NOW));
    expect(error.facts).toEqual({ budget: 'depth', limit: 10, used: 10, whose: 'every task' });
    expect(error.message).toContain('Set budget.depth of the orchestration');
  });

  test('handedOn: the smaller of the depth left and the contract’s limit counts', () => {
    const task = BudgetAccount.ofRun({ depth: 5 }, NOW).task(undefined, 'the task', NOW);
    const first = task.handedOn({ depth: 9 }, 'a', NOW);
    expect(first.getLeft().depth).toBe(4);
    const second = first.handedOn({ depth: 1 }, 'contract b', NOW);
    expect(second.getLeft().depth).toBe(1);
    const third = second.handedOn(undefined, 'c', NOW);
    expect(errorOf(() => third.handedOn(undefined, 'd', NOW)).facts).toMatchObject({
      limit: 1,
      whose: 'contract b',
    });
    // The sender has what it had: its receivers' depth is not its own.
    expect(task.getLeft().depth).toBe(5);
  });

  test('depth: each task of a run allows as many handoffs as the run sets', () => {
    const run = BudgetAccount.ofRun({ depth: 1 }, NOW);
    run.task(undefined, 'a', NOW).handedOn(undefined, 'b', NOW);
    expect(run.task(undefined, 'c', NOW).getLeft().depth).toBe(1);
  });

  test('deadline: the earliest one counts, and the error names its owner', () => {
    const run = BudgetAccount.ofRun({ wallTime: '1 hour' }, NOW);
    const task = run.task({ wallTime: '10s' }, 'the task', NOW);
    const later = task.task({ wallTime: '1 day' }, 'x', NOW);
    later.assertRoom(NOW + 9_999);
    const error = errorOf(() => later.assertRoom(NOW + 10_000));
    expect(error.facts).toEqual({ budget: 'wallTime', limit: 10_000, used: 10_000, whose: 'the task' });
    run.assertRoom(NOW + 10_000);
  });

  test('lend: nobody else may use a loan, and its unused part comes back', () => {
    const run = BudgetAccount.ofRun({ turns: 10, tokens: 100 }, NOW);
    run.spend({ turns: 1 });
    const task = run.task({ turns: 4 }, 'the task', NOW);
    const { loan, settle } = task.lend();
    expect(errorOf(() => task.assertRoom(NOW)).facts).toMatchObject({ budget: 'turns', whose: 'the task' });
    expect(run.getLeft()).toEqual({ turns: 5, tokens: 0 });

    const child = BudgetAccount.ofLoan(structuredClone(loan));
    expect(child.getLeft()).toEqual({ depth: 10, turns: 4, tokens: 100 });
    child.spend({ turns: 4, tokens: 30 });
    expect(errorOf(() => child.assertRoom(NOW)).facts).toMatchObject({ whose: 'the task', limit: 4 });

    settle({ turns: 2, tokens: 30 });
    expect(task.getLeft()).toEqual({ depth: 10, turns: 2, tokens: 70 });
    expect(run.getLeft()).toEqual({ turns: 7, tokens: 70 });
  });

  test('lend: parallel child agents share the budget left', () => {
    const run = BudgetAccount.ofRun({ turns: 10 }, NOW);
    const shares = [1, 2, 3].map(() => run.task(undefined, 'a branch', NOW).lend(3).loan.turns);
    const rooms = shares.map((each) => (each?.limit ?? 0) - (each?.used ?? 0));
    expect(rooms).toEqual([4, 2, 2]);
    expect(shares[0]?.whose).toBe('its share of the run');
  });

  test('boundsCost: also when the one above does', () => {
    const run = BudgetAccount.ofRun({ cost: 1 }, NOW);
    expect(run.task({ tokens: 1 }, 'x', NOW).boundsCost).toBe(true);
    expect(BudgetAccount.ofRun({ tokens: 1 }, NOW).task({}, 'x', NOW).boundsCost).toBe(false);
  });
});
