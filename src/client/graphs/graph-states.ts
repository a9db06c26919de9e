/** Reads the states of a graph's run, and forks a new run from one of them. */
import { nameCommand } from '../../project/command-name.js';
import type { Forked } from '../../schemas/documents/runs.js';
import type { Fork, GraphStates, GraphStep } from '../../contracts/wire/graph-states.js';
import { QueryNotRegisteredError, type Client } from '@temporalio/client';
import { BatonError, createUsageError } from '../../contracts/errors.js';
import { FORK, STATES } from '../../contracts/wire/wire.js';
import { defined } from '../../contracts/data/defined.js';
import type { Json } from '../../contracts/data/json.js';
import { findStuck } from '../runs/stuck.js';
import { isTimeout, isUnregistered } from '../runs/ask-run.js';
import { createNoWorkerError } from '../runs/no-worker.js';
import { hasWorker } from '../runs/pollers.js';
import { readStates } from '../runs/read-told.js';
import { createRunId, runError, startRun } from '../runs/runs.js';

const QUERY_TIMEOUT_MS = 10_000;
const FAILED_PRECONDITION = 9;

/**
 * The states of a graph's run, the newest 100 at most, from a worker. A run that has ended has them too.
 *
 * @throws {BatonError} `UNKNOWN_RUN`; `NO_WORKER`; `BAD_USAGE` if the run is not a graph; `ORCHESTRATION_HELD` or
 * `UNKNOWN_WORKFLOW` if its code throws or is missing.
 */
export async function graphStates(client: Client, workflowId: string): Promise<GraphStates> {
  try {
    if (!(await hasWorker(client, workflowId))) throw createUntoldError(workflowId);
    const told = await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, () =>
      client.workflow.getHandle(workflowId).query(STATES),
    );
    return readStates(told, workflowId);
  } catch (error) {
    if (isTimeout(error)) throw createUntoldError(workflowId);
    if (isFailedTask(error) || isFailedReplay(error)) throw await createStuckError(client, workflowId);
    if (!(error instanceof QueryNotRegisteredError)) throw runError(workflowId, error);
    throw createUsageError(
      `Run ${workflowId} tells no states: it is not the run of a graph. Its story: ${nameCommand(`show ${workflowId}`)}.`,
      { workflowId },
    );
  }
}

/** For example, the code does not fit the history. */
function isFailedReplay(error: unknown): boolean {
  return error instanceof QueryNotRegisteredError && !isUnregistered(error);
}

/** The server does not ask a worker while the run's code throws. */
function isFailedTask(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as { code?: unknown }).code === FAILED_PRECONDITION || isFailedTask(error.cause);
}

async function createStuckError(client: Client, workflowId: string): Promise<BatonError> {
  const held = await findStuck(client, await client.workflow.getHandle(workflowId).describe());
  const { code = 'ORCHESTRATION_HELD', message = `see ${nameCommand(`show ${workflowId}`)}` } = held ?? {};
  return new BatonError(
    code,
    `Run ${workflowId} tells no states: its code throws: ${message}. Fix the code and start the worker again.`,
    { workflowId },
  );
}

const createUntoldError = (workflowId: string): BatonError =>
  createNoWorkerError({ workflowId, what: 'only a worker can tell the states of a graph' });

/** The step to fork from, and the changes. */
export interface ForkOptions {
  /** Its number in `states`; 0 is the start. */
  readonly step: number;
  /** Keys of the state, each with its new value. */
  readonly edit?: { readonly [key: string]: Json };
  /** The new run's id; default: a new id from the workflow's name. */
  readonly id?: string;
}

/**
 * Starts a run that continues from a step of a graph's run, open or ended. The edited state decides which nodes come
 * next. The other run is not changed. Nodes that ran up to that step do not run again; later ones do.
 *
 * @throws {BatonError} as {@link graphStates}; `BAD_USAGE` if the run does not keep that step; `RUN_EXISTS`.
 */
export async function forkGraph(
  client: Client,
  workflowId: string,
  { step, edit = {}, id }: ForkOptions,
): Promise<Forked> {
  const { nodes, state, held } = findStep(workflowId, await graphStates(client, workflowId), step);
  const { type: workflow, taskQueue } = await client.workflow.getHandle(workflowId).describe();
  const edited = { ...(state as object), ...edit };
  const fork: Fork = { v: 1, of: workflowId, step, nodes, state: edited, ...defined({ held }) };
  const input = { [FORK]: fork } as unknown as Json;
  const ref = await startRun(client, workflow, input, { id: id ?? createRunId(workflow), taskQueue });
  return { ...ref, of: workflowId, step, workflow, taskQueue };
}

function findStep(workflowId: string, { steps }: GraphStates, step: number): GraphStep {
  const found = steps.find((each) => each.step === step);
  if (found) return found;
  const [first, last] = [steps[0]?.step ?? 0, steps.at(-1)?.step ?? 0];
  throw createUsageError(
    `Run ${workflowId} keeps no step ${step}: it keeps ${first} to ${last}. See ${nameCommand(`show ${workflowId} --states`)}.`,
    { workflowId, step },
  );
}
