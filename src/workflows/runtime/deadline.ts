/** Ends work when its time is up: pending requests are withdrawn, and an irreversible action that has started is completed. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Run } from './run.js';
import { createOutOfTimeError } from './budget-errors.js';
import type { BudgetAccount, Until } from './budget.js';

/**
 * Runs a part of a run until it is done or the time of its budget is up. The run's own time limit ends the whole run, and
 * is handled there.
 *
 * @throws {BatonError} `BUDGET_EXCEEDED` when the time is up; and any error of `body`.
 */
export function runWithinTime<T>(
  run: Pick<Run, 'budget'>,
  ledger: BudgetAccount,
  body: () => Promise<T>,
): Promise<T> {
  const until = ledger.deadline();
  // Another promise would add a stack trace to every task without its own time limit.
  return until === undefined || until === run.budget.deadline() ? body() : runUntil(until, body);
}

async function runUntil<T>(until: Until, body: () => Promise<T>): Promise<T> {
  const work = new CancellationScope();
  let isUp = false;
  const clock = startClock(until, () => {
    isUp = true;
    work.cancel();
  });
  try {
    return await work.run(body);
  } catch (error) {
    throw isUp && isCancellation(error) ? createOutOfTimeError(until) : error;
  } finally {
    clock.cancel();
  }
}

/** Ends the whole run when its time is up; waits for irreversible actions that have started. */
export function runWithinRunTime<T>(run: Pick<Run, 'abort' | 'budget'>, body: () => Promise<T>): Promise<T> {
  const until = run.budget.deadline();
  return until === undefined ? body() : endAt(run, until, body);
}

async function endAt<T>(run: Pick<Run, 'abort'>, until: Until, body: () => Promise<T>): Promise<T> {
  const clock = startClock(until, () => run.abort(createOutOfTimeError(until)));
  try {
    return await body();
  } finally {
    clock.cancel();
  }
}

function startClock({ at }: Until, onUp: () => void | Promise<never>): CancellationScope {
  const clock = new CancellationScope();
  clock
    .run(async () => {
      await sleep(Math.max(1, at - Date.now()));
      await onUp();
    })
    .catch(() => {});
  return clock;
}
