/** What waits for a person, over all runs: read from visibility and memos, so that it works with no worker. */
import type { Inbox, InboxRequest } from '../../schemas/documents/inbox.js';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import { MEMO_KEY } from '../../contracts/wire/wire.js';
import { buildListQuery } from '../runs/runs.js';
import { observe, pendingRequests } from '../runs/observe.js';
import { readRunMemo } from '../runs/read-told.js';
import { pollsQueue } from '../runs/pollers.js';
import { compareUrgency } from '../runs/urgency.js';

interface WaitingRun {
  readonly run: Pick<InboxRequest, 'workflowId' | 'workflow' | 'team' | 'worker'>;
  readonly pending: readonly RequestSummary[];
  readonly more: number;
  /** Nobody can say what it waits for. */
  readonly unreadable?: true;
}

/** Lists what waits. One run of each task queue is asked, and each that waits for more than its memo names. */
export async function readInbox(client: Client): Promise<Inbox> {
  const served = new Map<string, Promise<boolean>>();
  const found: Promise<WaitingRun>[] = [];
  for await (const execution of client.workflow.list({ query: buildListQuery({ state: 'waiting' }) })) {
    const { taskQueue, workflowId } = execution;
    const worker = served.get(taskQueue) ?? isServed(client, taskQueue, workflowId);
    served.set(taskQueue, worker);
    found.push(worker.then((answers) => readWaitingRun(client, execution, answers)));
  }
  const runs = await Promise.all(found);
  return {
    requests: runs
      .flatMap(({ run, pending }) => pending.map((request) => ({ ...request, ...run })))
      .toSorted(compareUrgency),
    unnamed: runs
      .filter(({ more }) => more > 0)
      .map(({ run, more }) => ({ workflowId: run.workflowId, more })),
    unreadable: runs.filter(({ unreadable }) => unreadable).map(({ run }) => run.workflowId),
  };
}

/** The server lists a worker for a while after its end, so one run of the queue is asked whether anybody answers. */
async function isServed(client: Client, taskQueue: string, workflowId: string): Promise<boolean> {
  if (!(await pollsQueue(client, taskQueue))) return false;
  try {
    return (await pendingRequests(client, workflowId)) !== undefined;
  } catch {
    // A run that is held by failing code, or has just ended, answers too: with an error.
    return true;
  }
}

async function readWaitingRun(
  client: Client,
  execution: WorkflowExecutionInfo,
  worker: boolean,
): Promise<WaitingRun> {
  const { workflowId, type: workflow, memo, searchAttributes } = execution;
  const read = readRunMemo(memo?.[MEMO_KEY]);
  const team = searchAttributes['BatonTeam']?.[0];
  const run = { workflowId, workflow, worker, ...(team === undefined ? {} : { team: String(team) }) };
  const { pending, more } = read === 'unreadable' ? { pending: [], more: 0 } : read;
  const known = { run, pending, more, ...(read === 'unreadable' ? { unreadable: true as const } : {}) };
  if (!worker || (more === 0 && !known.unreadable)) return known;
  const told = await observe(client, workflowId).catch(() => undefined);
  return told ? { run, pending: told.view.pending, more: 0 } : known;
}
