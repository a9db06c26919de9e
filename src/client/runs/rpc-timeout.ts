/** Whether a call to the server ended because nobody answered it in time. */

/** Updates and queries of a run without a worker hang until the deadline. */
export function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError') return true;
  const { code } = error as { code?: unknown };
  return code === 4 || code === 1 || isTimeout(error.cause);
}
