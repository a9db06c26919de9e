/** How activities fail: with a code, whether a retry can help, and when. */
import { defined } from '../../contracts/data/defined.js';
import { activityInfo, ApplicationFailure, CancelledFailure, cancellationSignal } from '@temporalio/activity';
import { toReadable } from '../../contracts/data/thrown.js';
import { BatonError, ERRORS, type ErrorCode } from '../../contracts/errors.js';
import { ModelError } from '../../models/model/model.js';

export function createFailure(
  code: ErrorCode,
  message: string,
  options: { readonly retryAfterMs?: number; readonly retryable?: boolean; readonly cause?: Error } = {},
): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: !(options.retryable ?? ERRORS[code].retryable),
    // To Temporal a delay of nothing means no retry at all.
    ...(options.retryAfterMs ? { nextRetryDelay: options.retryAfterMs } : {}),
    ...defined({ cause: options.cause }),
  });
}

/** Turns what was thrown inside an activity into what Temporal should see; the rest is retried as it is. */
export async function withCode<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    throw toCoded(toReadable(thrown));
  }
}

/** From this attempt on a step ends whose failure has no code, or whose window is over. */
const TRIED_ENOUGH = 8;

/**
 * The same for a step of a run, which Temporal retries without end: what is transient ends with the window, however often
 * it was tried, and what has no code after eight attempts.
 */
export async function withWindow<T>(
  { retryForMs }: { readonly retryForMs: number },
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    const error = toReadable(thrown);
    const failure = toCoded(error);
    const { attempt, scheduledTimestampMs, activityType } = activityInfo();
    if (attempt < TRIED_ENOUGH || cancellationSignal().aborted || isTold(error)) throw failure;
    if (!(failure instanceof ApplicationFailure))
      throw createFailure(
        'STEP_FAILED',
        `A step (${activityType}) failed as often as it may: ${error.message}`,
        {
          cause: error,
        },
      );
    const triedForMs = Date.now() - scheduledTimestampMs;
    if (failure.nonRetryable || triedForMs < retryForMs) throw failure;
    throw createFailure(failure.type as ErrorCode, failure.message, { retryable: false, cause: error });
  }
}

function toCoded(error: Error): Error {
  if (error instanceof ModelError) {
    return createFailure(error.code, error.message, {
      retryable: error.retryable,
      cause: error,
      ...defined({ retryAfterMs: error.retryAfterMs }),
    });
  }
  if (!(error instanceof BatonError)) return error;
  const passedOn = error.code === 'STORE_MISMATCH' || error.code === 'PROVIDER_MISSING';
  const retryAfterMs = passedOn ? Math.min(activityInfo().attempt, PASSED_ON_AT_MOST_S) * 1_000 : undefined;
  return createFailure(error.code, error.message, { cause: error, ...defined({ retryAfterMs }) });
}

/** The right worker may be the next one to ask, or not there: the pause grows slower than for what fails. */
const PASSED_ON_AT_MOST_S = 30;

/** What says itself what Temporal is to do. */
function isTold(error: Error): boolean {
  return error instanceof ApplicationFailure || error instanceof CancelledFailure;
}
