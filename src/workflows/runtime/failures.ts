/** Converts errors at Temporal's boundary: codes going out, codes coming back. */
import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  isCancellation,
} from '@temporalio/workflow';
import { toReadable } from '../../contracts/data/thrown.js';
import { BatonError, isErrorCode } from '../../contracts/errors.js';

/** A coded error as the failure that ends a run, a child or a handler; it is never retried. */
export function toFailure(error: BatonError): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: true,
    details: [error.facts],
    ...(error.cause === undefined ? {} : { cause: toReadable(error.cause) }),
  });
}

/** Runs a handler's body; a coded error that it throws becomes the handler's failure. */
export function throwAsFailure<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw error instanceof BatonError ? toFailure(error) : error;
  }
}

/**
 * The coded error inside the failure of an activity or a child, `STEP_FAILED` when it has no code. A cancellation, and an
 * error of another kind, is returned unchanged.
 */
export function fromFailure(error: unknown): unknown {
  if (!(error instanceof ActivityFailure || error instanceof ChildWorkflowFailure)) return error;
  if (isCancellation(error)) return error;
  const cause = error.cause;
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    return new BatonError(cause.type, cause.message, readFacts(cause), { cause: error });
  }
  const step = error instanceof ActivityFailure ? error.activityType : error.workflowType;
  return new BatonError(
    'STEP_FAILED',
    `A step (${step}) failed as often as it may: ${cause?.message ?? error.message}`,
    { step },
    { cause: error },
  );
}

function readFacts(failure: ApplicationFailure): Record<string, unknown> {
  const facts: unknown = failure.details?.[0];
  return typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>) : {};
}
