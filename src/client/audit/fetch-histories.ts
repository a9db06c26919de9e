/** Fetches the histories of a run from the server: every execution under its id, and those of its child agents. */
import type { Client } from '@temporalio/client';
import { BatonError } from '../../contracts/errors.js';
import { quoteValue } from '../runs/list-runs.js';
import { fetchEvents } from '../runs/fetch-events.js';
import { createUnknownRunError, runError } from '../runs/runs.js';
import { readExecution, type Execution, type History } from './execution.js';

interface Fetched {
  readonly execution: Execution;
  readonly history: History;
}

/**
 * The run's own executions first, oldest first: continued, reset, or started again under the same id. Executions that
 * the server has deleted are absent; the audit reports that they are missing.
 *
 * @throws {BatonError} `UNKNOWN_RUN`
 */
export async function fetchHistories(client: Client, workflowId: string): Promise<[string, History][]> {
  const own = await fetchExecutions(client, workflowId);
  if (own.length === 0) throw createUnknownRunError(workflowId);
  const found = [...own];
  const seen = new Set<string>();
  // The loop also visits the elements that it adds to the array.
  for (const { execution } of found) {
    for (const child of execution.children) {
      const name = `${child.workflowId} ${child.runId}`;
      if (child.workflowId === workflowId || seen.has(name)) continue;
      seen.add(name);
      const executions = await fetchExecutions(client, child.workflowId);
      // Another run may have used the same id.
      found.push(...executions.filter((each) => isOf(child.runId, each)));
    }
  }
  return found.map(({ execution, history }) => [execution.workflowId, history]);
}

function isOf(runId: string | undefined, { execution }: Fetched): boolean {
  return runId === undefined || execution.firstExecutionRunId === runId;
}

/** The executions that the server lists, and those that they name: the list may lag behind. */
async function fetchExecutions(client: Client, workflowId: string): Promise<Fetched[]> {
  const found = new Map<string, Fetched>();
  const runIds = new Set<string>(await listRunIds(client, workflowId));
  for (const runId of runIds) {
    const fetched = await fetchExecution(client, workflowId, runId);
    if (fetched === undefined) continue;
    const { execution } = fetched;
    found.set(execution.runId, fetched);
    for (const other of [execution.continues, execution.next, ...execution.resets])
      if (other !== undefined) runIds.add(other);
  }
  return [...found.values()].toSorted((a, b) => a.execution.beganAt - b.execution.beganAt);
}

async function listRunIds(client: Client, workflowId: string): Promise<string[]> {
  const listed: string[] = [];
  const query = `WorkflowId = ${quoteValue(workflowId)}`;
  for await (const { runId } of client.workflow.list({ query })) listed.push(runId);
  const newest = await findUnlessForgotten(workflowId, client.workflow.getHandle(workflowId).describe());
  return newest === undefined ? listed : [...listed, newest.runId];
}

async function fetchExecution(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<Fetched | undefined> {
  const events = await findUnlessForgotten(workflowId, fetchEvents(client, workflowId, runId));
  if (events === undefined) return undefined;
  const history = { events };
  return { history, execution: readExecution(history, workflowId) };
}

async function findUnlessForgotten<T>(workflowId: string, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const known = runError(workflowId, error);
    if (known instanceof BatonError && known.code === 'UNKNOWN_RUN') return undefined;
    throw known;
  }
}
