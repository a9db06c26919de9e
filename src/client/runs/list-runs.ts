/**
 * Lists runs, including those that no worker has started: their start is marked, and they are on a queue of Baton's.
 */
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defined } from '../../contracts/data/defined.js';
import { CHILD_AGENT, DELIVER_NOTICES, MEMO_KEY } from '../../contracts/wire/wire.js';
import type { ListedState, RunListing } from '../../schemas/documents/runs.js';
import { createAsker, type Asker } from './ask-run.js';
import { findTaskQueue } from '../../project/task-queue.js';
import { readRunMemo } from './read-told.js';
import { readHealth } from './run-health.js';
import { toStuck } from './stuck.js';
import { compareUrgency } from './urgency.js';

/** The runs that a list shows; all conditions must apply. */
export interface ListFilter {
  readonly state?: ListedState;
  /** Only runs that have not ended. */
  readonly open?: boolean;
  readonly workflow?: string;
  /** Only runs of this queue. */
  readonly taskQueue?: string;
  readonly team?: string;
}

/** Visibility can't sort by request, so more runs are read than shown. */
const READ_AT_MOST = 1_000;
/** How many runs to read to find Baton's queues. */
const LATEST = 200;
/** How many runs to inspect concurrently. */
const AT_ONCE = 20;

/**
 * Lists runs, newest first; waiting runs by their earliest deadline. It inspects open runs: whether their code fails,
 * whether a worker picks them up, and what is being retried.
 */
export async function listRuns(client: Client, filter: ListFilter = {}, limit = 100): Promise<RunListing[]> {
  const found = await findRuns(client, filter, Math.max(limit, READ_AT_MOST));
  const sought = filter.state;
  // If the filter needs facts that only an inspection shows, all runs are inspected.
  const isTold = sought === undefined || sought === 'waiting' || isClosed(sought);
  const looked = isTold ? found.slice(0, limit) : found;
  const shown: RunListing[] = [];
  const asker = createAsker(client);
  for (let at = 0; at < looked.length && shown.length < limit; at += AT_ONCE) {
    const some = looked.slice(at, at + AT_ONCE);
    const examined = await Promise.all(some.map((run) => examineRun(client, run, asker)));
    shown.push(...examined.filter(({ state }) => isTold || state === sought));
  }
  return shown.slice(0, limit);
}

/** The same list from visibility alone: fast, but without the facts that only an inspection shows. */
export async function findRuns(client: Client, filter: ListFilter, most: number): Promise<RunListing[]> {
  const told = await read(client, buildListQuery(filter), most);
  const untold = hasUntold(filter.state) ? await findUntold(client, filter, most) : [];
  const order = filter.state === 'waiting' ? compareSoonestRequests : compareStarts;
  // A run that began between the two queries is listed once.
  const found = new Map([...untold, ...told].map((execution) => [execution.runId, execution]));
  return [...found.values()].map(toListing).toSorted(order);
}

async function read(client: Client, query: string, most: number): Promise<WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = [];
  for await (const execution of client.workflow.list({ query })) {
    found.push(execution);
    if (found.length >= most) break;
  }
  return found;
}

/** Runs that could not report anything yet, started by other clients on queues with runs of Baton. */
async function findUntold(
  client: Client,
  filter: ListFilter,
  most: number,
): Promise<WorkflowExecutionInfo[]> {
  if (filter.team !== undefined) return [];
  const queues = filter.taskQueue ? [filter.taskQueue] : await findQueues(client);
  const query = [
    'BatonState is null',
    `TaskQueue in (${queues.map(quoteValue).join(', ')})`,
    `WorkflowType != '${CHILD_AGENT}' and WorkflowType != '${DELIVER_NOTICES}'`,
    ...listConditions(filter),
  ].join(' and ');
  return read(client, query, most);
}

async function findQueues(client: Client): Promise<string[]> {
  const latest = await read(client, buildListQuery({}), LATEST);
  return [...new Set([findTaskQueue(), ...latest.map(({ taskQueue }) => taskQueue)])].slice(0, 100);
}

function hasUntold(state: ListFilter['state']): boolean {
  return state !== 'waiting' && state !== 'running' && state !== 'completed';
}

async function examineRun(client: Client, run: RunListing, asker: Asker): Promise<RunListing> {
  if (run.status !== 'running') return run;
  try {
    const description = await client.workflow.getHandle(run.workflowId, run.runId).describe();
    const { retries, ...health } = await readHealth(client, description, async () => {
      // The others have something to do, and fail at it.
      const told = run.state === 'waiting' ? await asker(description.taskQueue, run.workflowId) : undefined;
      return told && toStuck(told);
    });
    const begun = description.raw.pendingWorkflowTask ? run.state : 'running';
    const idle =
      health.waitsForWorkerSince !== undefined && run.state === 'running' ? 'pending-worker' : begun;
    const state = health.held ? 'stuck' : run.state === 'waiting' ? 'waiting' : idle;
    return {
      ...run,
      state,
      ...health,
      ...(retries.length > 0 ? { retries } : {}),
    };
  } catch {
    // For example, it has ended and was deleted: it is listed as it was found.
    return run;
  }
}

function toListing(execution: WorkflowExecutionInfo): RunListing {
  const told = readRunMemo(execution.memo?.[MEMO_KEY]);
  const memo = told === 'unreadable' ? undefined : told;
  const attribute = (name: string): string | undefined => {
    const values = execution.searchAttributes[name];
    return values?.[0] === undefined ? undefined : String(values[0]);
  };
  const open = execution.status.name === 'RUNNING';
  const team = attribute('BatonTeam');
  const owner = attribute('BatonAgent');
  return {
    workflowId: execution.workflowId,
    runId: execution.runId,
    workflow: execution.type,
    status: execution.status.name.toLowerCase(),
    state: toState(execution.status.name, attribute('BatonState')),
    taskQueue: execution.taskQueue,
    ...defined({ team, owner }),
    ...(told === 'unreadable' ? { unreadable: true as const } : {}),
    startedAt: execution.startTime.toISOString(),
    ...(execution.closeTime === undefined ? {} : { closedAt: execution.closeTime.toISOString() }),
    ...(memo?.costs === undefined ? {} : { costs: memo.costs }),
    pending: open ? (memo?.pending ?? []) : [],
  };
}

function toState(status: WorkflowExecutionInfo['status']['name'], told: string | undefined): ListedState {
  switch (status) {
    case 'RUNNING':
      return told === 'running' || told === 'waiting' ? told : 'pending-worker';
    case 'COMPLETED':
      return 'completed';
    case 'TERMINATED':
    case 'TIMED_OUT':
      return 'terminated';
    default:
      return 'failed';
  }
}

function compareStarts(a: RunListing, b: RunListing): number {
  return b.startedAt.localeCompare(a.startedAt);
}

function compareSoonestRequests(a: RunListing, b: RunListing): number {
  const [first, second] = [a, b].map(({ pending }) => pending.toSorted(compareUrgency)[0]);
  if (first && second) return compareUrgency(first, second);
  return first ? -1 : second ? 1 : 0;
}

/** Every execution of every run. Only root runs have the attributes; a child agent appears with its root. */
export const ROOTS = 'BatonState is not null';

/** The current execution of each run. */
export function buildListQuery(filter: ListFilter): string {
  return [ROOTS, ...listConditions(filter)].join(' and ');
}

function listConditions({ state, open, workflow, taskQueue, team }: ListFilter): string[] {
  return [
    // It continues in another execution, which is listed.
    `ExecutionStatus != 'ContinuedAsNew'`,
    ...(open ? [OPEN] : []),
    ...(state ? [STATE_QUERIES[state]] : []),
    ...(taskQueue ? [`TaskQueue = ${quoteValue(taskQueue)}`] : []),
    ...(workflow ? [`WorkflowType = ${quoteValue(workflow)}`] : []),
    ...(team ? [`BatonTeam = ${quoteValue(team)}`] : []),
  ];
}

const OPEN = `ExecutionStatus = 'Running'`;
const STATE_QUERIES: Readonly<Record<ListedState, string>> = {
  'pending-worker': OPEN,
  stuck: OPEN,
  running: `${OPEN} and BatonState = 'running'`,
  waiting: `${OPEN} and BatonState = 'waiting'`,
  completed: `ExecutionStatus = 'Completed'`,
  failed: `(ExecutionStatus = 'Failed' or ExecutionStatus = 'Canceled')`,
  terminated: `(ExecutionStatus = 'Terminated' or ExecutionStatus = 'TimedOut')`,
};

function isClosed(state: ListedState): boolean {
  return state === 'completed' || state === 'failed' || state === 'terminated';
}

/** An id or a name as a literal of a query: it may contain any character. */
export function quoteValue(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
