/** Time that is up: what waits is withdrawn; an irreversible action that has begun comes to its end. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Run } from './run.js';
import { createOutOfTimeError } from './budget-errors.js';
import type { BudgetAccount, Until } from './budget.js';

/**
 * Carries out a part of a run until it is done or the time of its ledger is up. The time of the run itself ends all of
 * the run, and is looked after there.
 *
 * @throws {BatonError} `BUDGET_EXCEEDED` when the time is up; and whatever `body` throws.
 */
export function runWithinTime<T>(
  run: Pick<Run, 'budget'>,
  ledger: BudgetAccount,
  body: () => Promise<T>,
): Promise<T> {
  const until = ledger.deadline();
  // A promise more would be one more stack trace for every task that has no time of its own.
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

/** Ends the whole run when its time is up, whatever it does; what has begun and cannot be undone is waited for. */
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
