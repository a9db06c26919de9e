/** How activities fail: with a code, whether a retry can help, and when. */
import { defined } from '../../contracts/data/defined.js';
import { ApplicationFailure } from '@temporalio/activity';
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
    const error = toReadable(thrown);
    if (error instanceof ModelError) {
      throw createFailure(error.code, error.message, {
        retryable: error.retryable,
        cause: error,
        ...defined({ retryAfterMs: error.retryAfterMs }),
      });
    }
    if (error instanceof BatonError) throw createFailure(error.code, error.message, { cause: error });
    throw error;
  }
}
