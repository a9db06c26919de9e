/** Queries a run about its state, which needs a worker. */
import type { RunView } from '../../contracts/wire/run-view.js';
import type { Client } from '@temporalio/client';
import { defined } from '../../contracts/data/defined.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { QUERIES } from '../../contracts/wire/wire.js';
import { readRequests, readTimeline, readView } from './read-told.js';
import { askRun, type Told } from './ask-run.js';

/** The server offers a query to a dead worker for ten seconds, then to the others. */
export const PATIENT_MS = 15_000;

/** A run's own report, from its queries. */
export interface Observation {
  readonly view: RunView;
  readonly timeline: readonly TimelineEvent[];
}

/**
 * The view and the timeline of a run, from its last execution unless one is named. Undefined if the worker is
 * unavailable.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function observe(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<Observation | undefined> {
  const told = await observeOrFail(client, workflowId, runId);
  return told !== undefined && 'view' in told ? told : undefined;
}

/** The same, or the error of the run's code. */
export async function observeOrFail(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<Observation | Exclude<Told<never>, { answer: never }> | undefined> {
  const told = await askRun(client, workflowId, QUERIES.view, defined({ runId }));
  if (told === undefined || !('answer' in told)) return told;
  const view = readView(told.answer);
  if (view === undefined) return undefined;
  const timeline = await queryRun(client, workflowId, QUERIES.timeline, runId);
  return timeline === undefined ? undefined : { view, timeline: readTimeline(timeline) };
}

/** The whole pending requests of one workflow, or undefined if the worker is unavailable. */
export async function pendingRequests(
  client: Client,
  workflowId: string,
  timeoutMs?: number,
): Promise<ApprovalRequest[] | undefined> {
  const told = await queryRun(client, workflowId, QUERIES.pending, undefined, timeoutMs);
  return told === undefined ? undefined : readRequests(told);
}

/** A run's answer to one of its queries, unparsed; undefined if the worker is unavailable. */
export async function queryRun(
  client: Client,
  workflowId: string,
  name: string,
  runId?: string,
  timeoutMs?: number,
): Promise<unknown> {
  const told = await askRun(client, workflowId, name, defined({ runId, timeoutMs }));
  return told !== undefined && 'answer' in told ? told.answer : undefined;
}
