/**
 * Budgets: the most that a run, or a task inside it, may use. A budget can only shrink as it is passed on: a receiver
 * gets at most what its sender has left (spec H10).
 */
import { assertDuration, type Duration } from '../data/duration.js';
import { createDefinitionError } from '../errors.js';

/** The limits of a run or a task. An omitted limit comes from the sender's budget. */
export interface Budget {
  /** The maximum number of handoffs before a task is done; default 10. */
  readonly depth?: number;
  /** Model calls. */
  readonly turns?: number;
  /** Tokens that models read and wrote, in total. */
  readonly tokens?: number;
  /** Micro-units (millionths) of the currency of the configuration's price table. */
  readonly cost?: number;
  /** From start to end, including the time spent waiting for people and workers. */
  readonly wallTime?: Duration;
}

/** The maximum number of handoffs if no budget sets it. */
export const DEFAULT_DEPTH = 10;

const COUNTED = ['depth', 'turns', 'tokens', 'cost'] as const;

/**
 * Checks a budget.
 *
 * @throws {BatonError} `BAD_DEFINITION`, naming the owner and the limit.
 */
export function assertBudget(budget: Budget | undefined, owner: string): void {
  if (budget === undefined) return;
  for (const limit of COUNTED) {
    const value = budget[limit];
    if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) continue;
    throw createDefinitionError(
      `${owner}: budget.${limit} is ${value}, and must be a whole number of at least 1${limit === 'cost' ? ' (micro-units: 1,000,000 is one unit of the currency)' : ''}.`,
      { owner, limit, value },
    );
  }
  if (budget.wallTime !== undefined) assertDuration(budget.wallTime, `${owner}: budget.wallTime`);
}
