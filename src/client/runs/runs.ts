/** Starting runs, waiting for them, and finding them again. */
import type { RunListing } from '../../schemas/documents/runs.js';
import { defined } from '../../contracts/data/defined.js';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import { digest } from '../../contracts/data/canonical-json.js';
import { BatonError, isErrorCode } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { toDetailsText, toSummaryText } from '../../contracts/data/within-bytes.js';
import { DEFAULT_TASK_QUEUE, MEMO_KEY } from '../../contracts/wire/wire.js';
import { readRunMemo } from './read-told.js';
import { compareUrgency } from './urgency.js';

/** Under which id, on which queue, and what to do when a run of this id is open. */
export interface StartOptions {
  /** The run's id; without one, a fresh one is made from the workflow's name. */
  readonly id?: string;
  /** Default `baton`. */
  readonly taskQueue?: string;
  /** `attach` goes on with an open run of this id instead of failing with `RUN_EXISTS`. */
  readonly ifOpen?: 'fail' | 'attach';
  /** Who asks for the run: a token that {@link signRequester} makes for this id and input. */
  readonly requester?: string;
}

/** Names one execution: the run's id, and Temporal's own. */
export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

/** A workflow as `orchestration` defines it: import its type, never its code. */
type Orchestration<In, Out> = (input: In) => Promise<Out>;
type AnyOrchestration = Orchestration<never, unknown>;

/**
 * Starts a run. It exists as soon as this returns, whether or not a worker is there. Give the orchestration's type,
 * `startRun<typeof hello>(client, 'hello', input)`, and the compiler checks the input.
 *
 * @throws {BatonError} `RUN_EXISTS` when a run of this id is open.
 */
export async function startRun<W extends AnyOrchestration = Orchestration<Json, Json>>(
  client: Client,
  workflow: string,
  input: Parameters<W>[0],
  options: StartOptions = {},
): Promise<RunRef> {
  const workflowId = options.id ?? createRunId(workflow);
  try {
    const handle = await client.workflow.start(workflow, {
      workflowId,
      taskQueue: options.taskQueue ?? DEFAULT_TASK_QUEUE,
      args: options.requester === undefined ? [input] : [input, { v: 1, requester: options.requester }],
      workflowIdConflictPolicy: options.ifOpen === 'attach' ? 'USE_EXISTING' : 'FAIL',
      staticSummary: toSummaryText(`${workflow}: ${clip(input, 120)}`),
      // Cut inside the block, which is closed whatever the input is.
      staticDetails: ['Input:', '', '```json', toDetailsText(JSON.stringify(input, null, 2)), '```'].join(
        '\n',
      ),
    });
    return { workflowId, runId: handle.firstExecutionRunId };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new BatonError(
      'RUN_EXISTS',
      `A run ${workflowId} is open already. Give another --id, or look at it with \`baton show ${workflowId}\`.`,
      { workflowId },
    );
  }
}

/** An id for a run that was given none. */
export function createRunId(workflow: string): string {
  const random = digest({ at: Date.now(), random: Math.random() }).slice(0, 8);
  return `${workflow}-${random}`;
}

/**
 * Waits for a run's result, however long.
 *
 * @throws {BatonError} with the code the run failed with; `CANCELLED`; `UNKNOWN_RUN`.
 */
export async function resultOf(client: Client, workflowId: string): Promise<Json> {
  try {
    return (await client.workflow.getHandle(workflowId).result()) as Json;
  } catch (error) {
    throw runError(workflowId, error);
  }
}

/** What a failed run, or a run that does not exist, means in Baton's codes. */
export function runError(workflowId: string, error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) {
    return new BatonError(
      'UNKNOWN_RUN',
      `There is no run ${workflowId} in this namespace. See \`baton list\`.`,
      { workflowId },
    );
  }
  if (!(error instanceof WorkflowFailedError)) return error;
  const cause = error.cause;
  if (cause instanceof CancelledFailure)
    return new BatonError('CANCELLED', `Run ${workflowId} was cancelled.`, { workflowId });
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    return new BatonError(cause.type, cause.message, { workflowId });
  }
  const byForce = cause instanceof TerminatedFailure || cause instanceof TimeoutFailure;
  const why = cause?.message ?? error.message;
  return new BatonError(
    byForce ? 'TERMINATED' : 'STEP_FAILED',
    byForce ? `Run ${workflowId} was ended by force: ${why}` : `Run ${workflowId} failed: ${why}`,
    { workflowId },
    { cause: error },
  );
}

/** Lists runs, newest first, or those that wait by their oldest deadline first. */
export async function listRuns(client: Client, filter: ListFilter = {}, limit = 100): Promise<RunListing[]> {
  const found: RunListing[] = [];
  for await (const execution of client.workflow.list({ query: buildListQuery(filter) })) {
    found.push(toListing(execution));
    // Visibility has no order of its own to ask for, so more are read than are shown.
    if (found.length >= Math.max(limit, 1_000)) break;
  }
  return found.toSorted(filter.state === 'waiting' ? compareSoonestRequests : compareStarts).slice(0, limit);
}

function toListing(execution: WorkflowExecutionInfo): RunListing {
  const told = readRunMemo(execution.memo?.[MEMO_KEY]);
  const memo = told === 'unreadable' ? undefined : told;
  const attribute = (name: string): string | undefined => {
    const values = execution.searchAttributes[name];
    return values?.[0] === undefined ? undefined : String(values[0]);
  };
  const open = execution.status.name === 'RUNNING';
  const closed = execution.status.name === 'COMPLETED' ? 'completed' : 'failed';
  const state = open ? attribute('BatonState') : closed;
  const team = attribute('BatonTeam');
  const owner = attribute('BatonAgent');
  return {
    workflowId: execution.workflowId,
    runId: execution.runId,
    workflow: execution.type,
    status: execution.status.name.toLowerCase(),
    ...defined({ state, team, owner }),
    startedAt: execution.startTime.toISOString(),
    ...(execution.closeTime === undefined ? {} : { closedAt: execution.closeTime.toISOString() }),
    ...(memo?.costs === undefined ? {} : { costs: memo.costs }),
    pending: open ? (memo?.pending ?? []) : [],
  };
}

function compareStarts(a: RunListing, b: RunListing): number {
  return b.startedAt.localeCompare(a.startedAt);
}

function compareSoonestRequests(a: RunListing, b: RunListing): number {
  const [first, second] = [a, b].map(({ pending }) => pending.toSorted(compareUrgency)[0]);
  if (first && second) return compareUrgency(first, second);
  return first ? -1 : second ? 1 : 0;
}

/** Which runs a list shows; all that is given must hold. */
export interface ListFilter {
  readonly state?: 'running' | 'waiting' | 'completed' | 'failed';
  readonly workflow?: string;
  readonly team?: string;
}

export function buildListQuery(filter: ListFilter): string {
  const parts = [
    // Only roots are tagged; a child agent's own workflow shows at its root.
    'BatonState is not null',
    ...(filter.state ? [buildStateQuery(filter.state)] : []),
    ...(filter.workflow ? [`WorkflowType = ${quote(filter.workflow)}`] : []),
    ...(filter.team ? [`BatonTeam = ${quote(filter.team)}`] : []),
  ];
  return parts.join(' and ');
}

function buildStateQuery(state: NonNullable<ListFilter['state']>): string {
  switch (state) {
    case 'running':
      return `ExecutionStatus = 'Running' and BatonState = 'running'`;
    case 'waiting':
      return `ExecutionStatus = 'Running' and BatonState = 'waiting'`;
    case 'completed':
      return `ExecutionStatus = 'Completed'`;
    case 'failed':
      return `(ExecutionStatus = 'Failed' or ExecutionStatus = 'TimedOut' or ExecutionStatus = 'Terminated' or ExecutionStatus = 'Canceled')`;
  }
}

function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
