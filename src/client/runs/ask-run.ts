/** Sends a run a query: a worker carries the run's code out again, and answers. */
import { type Client, isGrpcServiceError, QueryNotRegisteredError, ServiceError } from '@temporalio/client';
import { BatonError } from '../../contracts/errors.js';
import { QUERIES } from '../../contracts/wire/wire.js';
import { hasWorker } from './pollers.js';
import { runError } from './runs.js';

const QUERY_TIMEOUT_MS = 3_000;
/** gRPC: unknown, failed precondition, aborted, internal: the server reached the run, and its code did not answer. */
const NO_ANSWER: readonly number[] = [2, 9, 10, 13];
const TASK_FAILS = 9;

/** What the run says, or what its code failed with. */
export type Told<T> =
  | { readonly answer: T }
  | { readonly failed: string }
  /** Its code has failed again and again, and the server asks no worker. */
  | { readonly task: 'fails' };

/**
 * Undefined when no worker answers for the run.
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

/** Asks runs of several queues: where the first of a queue gets no answer, the others are not asked. */
export type Asker = (taskQueue: string, workflowId: string) => Promise<Told<unknown> | undefined>;

export function createAsker(client: Client): Asker {
  const first = new Map<string, Promise<Told<unknown> | undefined>>();
  const ask = (workflowId: string) =>
    askRun(client, workflowId, QUERIES.pending).catch((error: unknown): Told<unknown> | undefined =>
      // A run that has just been deleted needs no worker. With any other error it is not known that one answers.
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

/** The SDK has one type for a run whose code fails when it is carried out again, and for a run that is none of Baton's. */
export function isUnregistered({ message }: QueryNotRegisteredError): boolean {
  return message.includes('did not register a handler');
}

/** A run that has not had its first workflow task yet, or whose task fails. The SDK has no type for the latter. */
function findQueryFailure(error: unknown): number | undefined {
  if (error instanceof QueryNotRegisteredError) return 0;
  const cause: unknown = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && NO_ANSWER.includes(cause.code) ? cause.code : undefined;
}

/** Whether nobody answered in time: updates and queries of a run without a worker hang until the deadline. */
export function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError') return true;
  const { code } = error as { code?: unknown };
  return code === 4 || code === 1 || isTimeout(error.cause);
}
