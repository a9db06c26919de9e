/** The errors for exhausted budgets. */
import type { Loan } from '../../contracts/handoff/loan.js';
import { BatonError } from '../../contracts/errors.js';

/** The owner of the default depth limit, which every task has. */
export const EVERYBODY = 'every task';

const IN_WORDS = { depth: 'handoffs', turns: 'model calls', tokens: 'tokens', cost: 'micro-units' } as const;

/** The error of a task whose budget is exhausted. */
export function createExceededError(
  budget: keyof typeof IN_WORDS,
  { limit, used, whose }: { readonly limit: number; readonly used: number; readonly whose: string },
): BatonError {
  const raise = whose === EVERYBODY ? 'Set budget.depth of the orchestration' : `Raise its budget.${budget}`;
  return new BatonError(
    'BUDGET_EXCEEDED',
    `The ${budget} budget of ${whose} is exhausted: ${used} of ${limit} ${IN_WORDS[budget]}. ${raise}, or see with baton show what used it.`,
    { budget, limit, used, whose },
  );
}

/** The error of a task whose time is up. */
export function createOutOfTimeError({ at, limit, whose }: NonNullable<Loan['until']>): BatonError {
  return new BatonError(
    'BUDGET_EXCEEDED',
    `The time of ${whose} is up: ${limit} ms, until ${new Date(at).toISOString()}. Raise its budget.wallTime, or see with baton show what took so long.`,
    { budget: 'wallTime', limit, used: limit, whose },
  );
}
