/**
 * How a model call ends when its caller gives it up: Temporal takes an activity that throws an `AbortError` as
 * cancelled, and anything else as failed.
 */

/** The error to throw once `signal` is aborted; its cause is the signal's reason. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error('The model call was aborted.', { cause: signal.reason });
  error.name = 'AbortError';
  return error;
}
