/** Asking a run about itself, which needs a worker. */
import type { RunView } from '../../contracts/wire/run-view.js';
import { type Client, isGrpcServiceError, QueryNotRegisteredError, ServiceError } from '@temporalio/client';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { QUERIES } from '../../contracts/wire/wire.js';
import { readRequests, readTimeline, readView } from './read-told.js';
import { isTimeout } from './rpc-timeout.js';
import { hasWorker } from './pollers.js';
import { runError } from './runs.js';

const QUERY_TIMEOUT_MS = 3_000;
/** The server offers a query to a worker that has died for ten seconds, then to the others. */
export const PATIENT_MS = 15_000;
/** gRPC: unknown, failed precondition, aborted, internal: the server reached the run, and its code did not answer. */
const NO_ANSWER: readonly number[] = [2, 9, 10, 13];

/** What a run says of itself, by its queries. */
export interface Observation {
  readonly view: RunView;
  readonly timeline: readonly TimelineEvent[];
}

/**
 * The view and the timeline of a run, of its last execution unless one is named, or undefined when no worker answers for it.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function observe(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<Observation | undefined> {
  const view = readView(await queryRun(client, workflowId, QUERIES.view, runId));
  if (view === undefined) return undefined;
  const timeline = await queryRun(client, workflowId, QUERIES.timeline, runId);
  return timeline === undefined ? undefined : { view, timeline: readTimeline(timeline) };
}

/** The whole requests that wait in one workflow, or undefined when no worker answers for it. */
export async function pendingRequests(
  client: Client,
  workflowId: string,
  timeoutMs?: number,
): Promise<ApprovalRequest[] | undefined> {
  const told = await queryRun(client, workflowId, QUERIES.pending, undefined, timeoutMs);
  return told === undefined ? undefined : readRequests(told);
}

/** What a run answers to one of its queries, or undefined when no worker answers for it. */
export async function queryRun<T = unknown>(
  client: Client,
  workflowId: string,
  name: string,
  runId?: string,
  timeoutMs = QUERY_TIMEOUT_MS,
): Promise<T | undefined> {
  try {
    if (!(await hasWorker(client, workflowId))) return undefined;
    return await client.withDeadline(Date.now() + timeoutMs, () =>
      client.workflow.getHandle(workflowId, runId).query<T>(name),
    );
  } catch (error) {
    if (isTimeout(error) || isQueryFailure(error)) return undefined;
    throw runError(workflowId, error);
  }
}

/** A run that has not had its first workflow task yet, or is held by failing code. The SDK has no type for the latter. */
function isQueryFailure(error: unknown): boolean {
  if (error instanceof QueryNotRegisteredError) return true;
  const cause: unknown = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && NO_ANSWER.includes(cause.code);
}
