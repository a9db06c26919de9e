/** Sends a query to a run: a worker replays the run's code and answers. */
import { type Client, isGrpcServiceError, QueryNotRegisteredError, ServiceError } from '@temporalio/client';
import { BatonError } from '../../contracts/errors.js';
import { QUERIES } from '../../contracts/wire/wire.js';
import { hasWorker } from './pollers.js';
import { runError } from './runs.js';

const QUERY_TIMEOUT_MS = 3_000;
/** gRPC: unknown, failed precondition, aborted, internal. The server reached the run, but its code did not answer. */
const NO_ANSWER: readonly number[] = [2, 9, 10, 13];
const TASK_FAILS = 9;

/** The run's answer, or the error of its code. */
export type Told<T> =
  | { readonly answer: T }
  | { readonly failed: string }
  /** The run's code failed repeatedly, so the server does not ask a worker. */
  | { readonly task: 'fails' };

/**
 * Undefined if the worker is unavailable.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function askRun(
  client: Client,
  workflowId: string,
  name: string,
  {
    runId,
    timeoutMs = QUERY_TIMEOUT_MS,
  }: { readonly runId?: string | undefined; readonly timeoutMs?: number | undefined } = {},
): Promise<Told<unknown> | undefined> {
  try {
    if (!(await hasWorker(client, workflowId))) return undefined;
    const answer = await client.withDeadline(Date.now() + timeoutMs, () =>
      client.workflow.getHandle(workflowId, runId).query(name),
    );
    return { answer };
  } catch (error) {
    if (error instanceof QueryNotRegisteredError && !isUnregistered(error)) return { failed: error.message };
    if (isTimeout(error)) return undefined;
    const code = findQueryFailure(error);
    if (code !== undefined) return code === TASK_FAILS ? { task: 'fails' } : undefined;
    throw runError(workflowId, error);
  }
}

/** Queries runs of several queues. If the first run of a queue gets no answer, the others are skipped. */
export type Asker = (taskQueue: string, workflowId: string) => Promise<Told<unknown> | undefined>;

export function createAsker(client: Client): Asker {
  const first = new Map<string, Promise<Told<unknown> | undefined>>();
  const ask = (workflowId: string) =>
    askRun(client, workflowId, QUERIES.pending).catch((error: unknown): Told<unknown> | undefined =>
      // A run that was just deleted needs no worker. Other errors don't show whether a worker is available.
      error instanceof BatonError && error.code === 'UNKNOWN_RUN' ? { answer: null } : undefined,
    );
  return async (taskQueue, workflowId) => {
    const asked = first.get(taskQueue);
    if (asked !== undefined) return (await asked) === undefined ? undefined : ask(workflowId);
    const asking = ask(workflowId);
    first.set(taskQueue, asking);
    return asking;
  };
}

/** The SDK has one type for two cases: a run whose code fails in replay, and a workflow that does not use Baton. */
export function isUnregistered({ message }: QueryNotRegisteredError): boolean {
  return message.includes('did not register a handler');
}

/** A run before its first workflow task, or one whose task fails. The SDK has no type for the second case. */
function findQueryFailure(error: unknown): number | undefined {
  if (error instanceof QueryNotRegisteredError) return 0;
  const cause: unknown = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && NO_ANSWER.includes(cause.code) ? cause.code : undefined;
}

/** Whether the call timed out: updates and queries of a run without a worker block until the deadline. */
export function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError') return true;
  const { code } = error as { code?: unknown };
  return code === 4 || code === 1 || isTimeout(error.cause);
}
