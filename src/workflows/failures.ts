/** Failures as they cross Temporal's border: codes going out, codes coming back. */
import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import { BatonError, isErrorCode } from '../contracts/errors.js';

/** A coded error as the failure that ends a run, a child or a handler; it is never retried. */
export function toFailure(error: BatonError): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: true,
    details: [error.facts],
    ...(error.cause instanceof Error ? { cause: error.cause } : {}),
  });
}

/** The coded error inside what an activity or a child threw; anything else comes back as it is. */
export function fromFailure(error: unknown): unknown {
  if (!(error instanceof ActivityFailure || error instanceof ChildWorkflowFailure)) return error;
  const cause = error.cause;
  if (!(cause instanceof ApplicationFailure) || !isErrorCode(cause.type)) return error;
  const facts = cause.details?.[0];
  return new BatonError(
    cause.type,
    cause.message,
    typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>) : {},
    { cause: error },
  );
}
