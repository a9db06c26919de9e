/** The whole story of a run: from the run itself if a worker is available, else from its history. */
import { defined } from '../../contracts/data/defined.js';
import type { Story } from '../../schemas/documents/story.js';
import type { RunView } from '../../contracts/wire/run-view.js';
import {
  type Client,
  type WorkflowExecutionDescription,
  isGrpcServiceError,
  ServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { findProgress, readHealth } from '../runs/run-health.js';
import { tellFacts } from './history-story.js';
import { mergeTimelines, readChildTimelines } from './merged-timeline.js';
import { observe, observeOrFail, type Observation } from '../runs/observe.js';
import { readHistoryFacts } from '../runs/read-history.js';
import { runError } from '../runs/runs.js';
import { toStuck } from '../runs/stuck.js';
import { keepOwnedRequests } from '../requests/owned-requests.js';
import { fromSummary, readWholeRequests } from '../requests/waiting-request.js';

/**
 * Reads the story of a run, open or closed: of its last execution, or of an earlier one that `runId` names.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function readStory(client: Client, workflowId: string, runId?: string): Promise<Story> {
  const description = await describe(client, workflowId, runId);
  const told = await observeRun(() => observeOrFail(client, workflowId, runId));
  const answered = told !== undefined && 'view' in told;
  const source = answered
    ? await fromWorker(client, description, told)
    : await fromHistory(client, description);
  const open = description.status.name === 'RUNNING';
  return {
    workflowId,
    runId: description.runId,
    startedAt: description.startTime.toISOString(),
    ...(description.closeTime ? { endedAt: description.closeTime.toISOString() } : {}),
    ...(isContinued(description) ? { goesOn: true as const } : {}),
    ...source,
    // Requests of a run that has ended accept no decision.
    pending: open ? source.pending : [],
    ...(await readHealth(client, description, () => Promise.resolve(told && toStuck(told)))),
    progress: open ? await findProgress(client, description) : [],
    ...(open || isContinued(description) ? {} : await readOutcome(client, description)),
  };
}

export async function describe(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<WorkflowExecutionDescription> {
  try {
    return await client.workflow.getHandle(workflowId, runId).describe();
  } catch (error) {
    if (runId !== undefined && (error instanceof WorkflowNotFoundError || isInvalid(error))) {
      throw new BatonError(
        'UNKNOWN_RUN',
        `Run ${workflowId} has no execution ${runId}. Its story begins with the execution that it continues.`,
        { workflowId, runId },
      );
    }
    throw runError(workflowId, error);
  }
}

/** The server rejects an invalid execution id. gRPC: invalid argument. */
function isInvalid(error: unknown): boolean {
  const cause: unknown = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === 3;
}

/** A stuck run answers no query either; its history is still readable. */
async function observeRun<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof BatonError) throw error;
    return undefined;
  }
}

type Told = Omit<RunView, 'v' | 'workflowId' | 'runId' | 'steps' | 'pending'> &
  Pick<Story, 'source' | 'steps' | 'pending' | 'timeline'>;

async function fromWorker(
  client: Client,
  run: WorkflowExecutionDescription,
  told: Observation,
): Promise<Told> {
  const { view, timeline } = told;
  const parts = await readChildTimelines(
    client,
    run,
    timeline,
    async (id) => (await observeRun(() => observe(client, id)))?.timeline,
  );
  const { workflow, team, owner, counts, costs, models, steps, plans, active, pending } = view;
  return {
    workflow,
    owner,
    counts,
    models,
    steps,
    active,
    ...defined({ team, costs, plans }),
    state: readState(run, view.state),
    source: 'worker',
    pending: await readWholeRequests(client, await keepOwnedRequests(client, run.workflowId, pending)),
    timeline: mergeTimelines(timeline, parts),
  };
}

async function fromHistory(client: Client, run: WorkflowExecutionDescription): Promise<Told> {
  const { children, ...told } = tellFacts(await readHistoryFacts(client, run.workflowId, run.runId));
  const parts = await Promise.all(
    children.map(async (id) => tellFacts(await readHistoryFacts(client, id)).timeline),
  );
  return {
    ...told,
    state: readState(run, told.pending.length > 0 ? 'waiting' : 'running'),
    source: 'history',
    pending: (await keepOwnedRequests(client, run.workflowId, told.pending)).map(fromSummary),
    timeline: mergeTimelines(told.timeline, parts),
  };
}

/** A terminated run could not report its end. */
function readState(run: WorkflowExecutionDescription, told: RunView['state']): RunView['state'] {
  if (run.status.name === 'RUNNING') return told;
  return run.status.name === 'COMPLETED' || isContinued(run) ? 'completed' : 'failed';
}

function isContinued(run: WorkflowExecutionDescription): boolean {
  return run.status.name === 'CONTINUED_AS_NEW';
}

async function readOutcome(
  client: Client,
  run: WorkflowExecutionDescription,
): Promise<Pick<Story, 'result' | 'failure'>> {
  try {
    return { result: (await client.workflow.getHandle(run.workflowId, run.runId).result()) as Json };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const failure = runError(run.workflowId, error);
    if (failure instanceof BatonError) {
      return { failure: { code: failure.code, message: failure.message } };
    }
    return { failure: { message: error.cause?.message ?? error.message } };
  }
}
