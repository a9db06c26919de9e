/** The pending requests of all runs, read from visibility and memos, so that no worker is needed. */
import type { Inbox, InboxRequest } from '../../schemas/documents/inbox.js';
import { defined } from '../../contracts/data/defined.js';
import type { StuckTask } from '../../schemas/documents/story.js';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import { MEMO_KEY } from '../../contracts/wire/wire.js';
import { keepOwnedRequests } from './owned-requests.js';
import { createAsker, type Asker } from '../runs/ask-run.js';
import { buildListQuery } from '../runs/list-runs.js';
import { observe } from '../runs/observe.js';
import { readRunMemo } from '../runs/read-told.js';
import { findStuck, toStuck } from '../runs/stuck.js';
import { compareUrgency } from '../runs/urgency.js';

interface WaitingRun {
  readonly run: Pick<InboxRequest, 'workflowId' | 'workflow' | 'team' | 'worker'>;
  readonly pending: readonly RequestSummary[];
  readonly more: number;
  /** It is unknown what the run waits for. */
  readonly unreadable?: true;
  /** The run accepts no decision: its code fails. */
  readonly held?: StuckTask;
}

/**
 * Lists pending requests. It queries one run of each workflow, and each run with more requests than its memo names. If
 * the code of the first run fails, it also queries the other runs of that workflow.
 */
export async function readInbox(client: Client): Promise<Inbox> {
  const found: WorkflowExecutionInfo[] = [];
  for await (const execution of client.workflow.list({ query: buildListQuery({ state: 'waiting' }) }))
    found.push(execution);
  const byWorkflow = new Map<string, WorkflowExecutionInfo[]>();
  for (const execution of found) {
    const key = JSON.stringify([execution.taskQueue, execution.type]);
    byWorkflow.set(key, [...(byWorkflow.get(key) ?? []), execution]);
  }
  const asker = createAsker(client);
  const read = await Promise.all([...byWorkflow.values()].map((each) => readAlike(client, each, asker)));
  const runs = read.flat();
  return {
    requests: runs
      .flatMap(({ run, pending }) => pending.map((request) => ({ ...request, ...run })))
      .toSorted(compareUrgency),
    unnamed: runs
      .filter(({ more }) => more > 0)
      .map(({ run, more }) => ({ workflowId: run.workflowId, more })),
    unreadable: runs.filter(({ unreadable }) => unreadable).map(({ run }) => run.workflowId),
    stuck: runs.flatMap(({ run, held }) => (held ? [{ workflowId: run.workflowId, ...held }] : [])),
  };
}

/** Runs of one workflow on one queue. */
async function readAlike(
  client: Client,
  [first, ...others]: readonly WorkflowExecutionInfo[],
  asker: Asker,
): Promise<WaitingRun[]> {
  if (first === undefined) return [];
  const { answers, held } = await lookAt(client, first, asker);
  const rest = others.map(async (execution) => {
    const look = held ? await lookAt(client, execution, asker) : { answers };
    return readWaitingRun(client, execution, look);
  });
  return Promise.all([readWaitingRun(client, first, { answers, ...defined({ held }) }), ...rest]);
}

/** Whether a worker answers for the run, and whether the run's code fails then. */
interface Look {
  readonly answers: boolean;
  readonly held?: StuckTask;
}

/** The server still lists a worker for a while after it stopped, so the worker is queried. */
async function lookAt(
  client: Client,
  { taskQueue, workflowId, runId }: WorkflowExecutionInfo,
  asker: Asker,
): Promise<Look> {
  const told = await asker(taskQueue, workflowId);
  if (told === undefined) return { answers: false };
  if (!('task' in told)) return { answers: true, ...defined({ held: toStuck(told) }) };
  const description = await client.workflow.getHandle(workflowId, runId).describe();
  return { answers: true, ...defined({ held: await findStuck(client, description) }) };
}

async function readWaitingRun(
  client: Client,
  execution: WorkflowExecutionInfo,
  { answers: worker, held }: Look,
): Promise<WaitingRun> {
  const { workflowId, type: workflow, memo, searchAttributes } = execution;
  const read = readRunMemo(memo?.[MEMO_KEY]);
  const team = searchAttributes['BatonTeam']?.[0];
  const run = { workflowId, workflow, worker, ...(team === undefined ? {} : { team: String(team) }) };
  const { pending: named, more } = read === 'unreadable' ? { pending: [], more: 0 } : read;
  const pending = await keepOwnedRequests(client, workflowId, named);
  const isReadable = read !== 'unreadable' && pending.length === named.length;
  const known = {
    run,
    pending,
    more,
    ...defined({ held }),
    ...(isReadable ? {} : { unreadable: true as const }),
  };
  if (!worker || held || (more === 0 && !known.unreadable)) return known;
  const told = await observe(client, workflowId).catch(() => undefined);
  if (told === undefined) return known;
  const owned = await keepOwnedRequests(client, workflowId, told.view.pending);
  return owned.length === told.view.pending.length ? { run, pending: owned, more: 0 } : { ...known, run };
}
