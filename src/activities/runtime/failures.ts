/** How activities fail: with a code, whether a retry can help, and when. */
import { defined } from '../../contracts/data/defined.js';
import { activityInfo, ApplicationFailure, CancelledFailure, cancellationSignal } from '@temporalio/activity';
import { toReadable } from '../../contracts/data/thrown.js';
import { BatonError, ERRORS, isHeld, type ErrorCode } from '../../contracts/errors.js';
import { ModelError } from '../../models/model/model.js';
import { countFailure } from './heartbeat.js';

export function createFailure(
  code: ErrorCode,
  message: string,
  options: { readonly retryAfterMs?: number; readonly retryable?: boolean; readonly cause?: Error } = {},
): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: !(options.retryable ?? ERRORS[code].retryable),
    // Temporal reads a delay of zero as “no retry”.
    ...(options.retryAfterMs ? { nextRetryDelay: options.retryAfterMs } : {}),
    ...defined({ cause: options.cause }),
  });
}

/** Turns an error from inside an activity into what Temporal should see; any other error is retried unchanged. */
export async function withCode<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    throw toCoded(toReadable(thrown));
  }
}

/** After this many failures, a step fails if its failure has no code or its window is over. */
const TRIED_ENOUGH = 8;
/** When another agent can take over, the run does not wait hours for a provider. */
const WITH_FALLBACK_MS = 2 * 60_000;

export interface Window {
  readonly retryForMs: number;
  /** Another agent or router takes over when this step fails. */
  readonly fallback?: boolean;
}

/**
 * Like {@link withCode}, for a step of a run, which Temporal retries without limit. A transient failure ends with the
 * window, regardless of the number of attempts. A failure that a person must fix is retried without end, unless there is a
 * fallback. A failure without a code ends after eight failures. An attempt that was lost with its worker does not count.
 */
export async function withWindow<T>(
  { retryForMs, fallback = false }: Window,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    const error = toReadable(thrown);
    const failure = toCoded(error);
    const failures = countFailure();
    if (cancellationSignal().aborted || isTold(error)) throw failure;
    const { scheduledTimestampMs, activityType } = activityInfo();
    if (!(failure instanceof ApplicationFailure)) {
      if (failures < TRIED_ENOUGH) throw failure;
      const message = `A step (${activityType}) failed as often as it may: ${error.message}`;
      throw createFailure('STEP_FAILED', message, { cause: error });
    }
    const final = (): ApplicationFailure =>
      createFailure(failure.type as ErrorCode, failure.message, { retryable: false, cause: error });
    if (failure.nonRetryable) throw failure;
    if (isHeld(failure.type)) throw fallback && !isPassedOn(failure.type) ? final() : failure;
    const windowMs =
      fallback && isOfProvider(failure.type) ? Math.min(retryForMs, WITH_FALLBACK_MS) : retryForMs;
    if (failures < TRIED_ENOUGH || Date.now() - scheduledTimestampMs < windowMs) throw failure;
    throw final();
  }
}

function isOfProvider(code: string | null | undefined): boolean {
  return code === 'MODEL_UNAVAILABLE' || code === 'MODEL_RATE_LIMITED';
}

/** Another worker may have what this one lacks. */
function isPassedOn(code: string | null | undefined): boolean {
  return code === 'STORE_MISMATCH' || code === 'PROVIDER_MISSING';
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
  const retryAfterMs = isPassedOn(error.code)
    ? Math.min(activityInfo().attempt, PASSED_ON_AT_MOST_S) * 1_000
    : undefined;
  return createFailure(error.code, error.message, { cause: error, ...defined({ retryAfterMs }) });
}

/** The right worker may be the next to poll, or be absent, so this delay grows more slowly than for failures. */
const PASSED_ON_AT_MOST_S = 30;

/** An error that already says what Temporal should do. */
function isTold(error: Error): boolean {
  return error instanceof ApplicationFailure || error instanceof CancelledFailure;
}
