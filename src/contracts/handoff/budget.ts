/**
 * Budgets: what a run, or a task inside it, may use at most. They are handed down and never grown: whoever gets a task
 * has at most what its giver has left (spec H10).
 */
import { assertDuration, type Duration } from '../data/duration.js';
import { createDefinitionError } from '../errors.js';

/** What may be used at most; what is left out is bounded only by whoever gave the task. */
export interface Budget {
  /** How often a task may be handed on before it is done; default 10. */
  readonly depth?: number;
  /** Model calls. */
  readonly turns?: number;
  /** Tokens that models read and wrote, together. */
  readonly tokens?: number;
  /** Micro-units (millionths) of the currency of the configuration's price table. */
  readonly cost?: number;
  /** From the beginning to the end, waiting for people and workers included. */
  readonly wallTime?: Duration;
}

/** How often a task may be handed on where no budget says. */
export const DEFAULT_DEPTH = 10;

const COUNTED = ['depth', 'turns', 'tokens', 'cost'] as const;

/**
 * Refuses what is no budget.
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
