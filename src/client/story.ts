/** The whole story of a run: from the run itself where a worker answers for it, from its history elsewhere. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { WorkflowFailedError } from '@temporalio/client';
import { ownerOfRequest, type ApprovalRequest, type RequestSummary } from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import type { RunView, TimelineEvent } from '../contracts/timeline.js';
import { SPECIALIST } from '../contracts/wire.js';
import { findHeld, findRetries, type Held, type Retry } from './difficulties.js';
import { readHistoryFacts } from './history-facts.js';
import { storyOfFacts } from './history-story.js';
import { observe, pendingRequests, type Observation } from './observe.js';
import { runError } from './runs.js';

/** What waits for a person: whole where a worker answers, else as the memo keeps it. */
export interface WaitingRequest extends Omit<RequestSummary, 'options'> {
  readonly details?: string;
  /** The exact arguments; absent when only a preview is known. */
  readonly args?: Json;
  readonly options: readonly {
    readonly id: string;
    readonly label?: string;
    readonly consequence?: string;
  }[];
}

export interface Story {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflow: string;
  readonly team?: string;
  readonly state: RunView['state'];
  /** Who has control. */
  readonly owner: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** `history`: no worker answers, so the story was read from the history. */
  readonly source: 'worker' | 'history';
  readonly counts: RunView['counts'];
  readonly models: readonly string[];
  readonly steps?: RunView['steps'];
  readonly active: RunView['active'];
  readonly pending: readonly WaitingRequest[];
  readonly timeline: readonly TimelineEvent[];
  readonly held?: Held;
  readonly retries: readonly Retry[];
  readonly result?: Json;
  readonly failure?: { readonly code?: string; readonly message: string };
}

/**
 * Reads the story of a run, open or closed.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function readStory(client: Client, workflowId: string): Promise<Story> {
  const description = await describe(client, workflowId);
  const told = (await asObservation(client, workflowId)) ?? undefined;
  const source = told ? await fromWorker(client, description, told) : await fromHistory(client, description);
  const open = description.status.name === 'RUNNING';
  const held = open ? await findHeld(client, description) : undefined;
  return {
    workflowId,
    runId: description.runId,
    startedAt: description.startTime.toISOString(),
    ...(description.closeTime ? { endedAt: description.closeTime.toISOString() } : {}),
    ...source,
    ...(held ? { held } : {}),
    retries: open ? await findRetries(client, description) : [],
    ...(open ? {} : await outcomeOf(client, description)),
  };
}

export async function describe(client: Client, workflowId: string): Promise<WorkflowExecutionDescription> {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    throw runError(workflowId, error);
  }
}

/** A run that is held answers no query either; its history still tells. */
async function asObservation(client: Client, workflowId: string): Promise<Observation | undefined> {
  try {
    return await observe(client, workflowId);
  } catch (error) {
    if (error instanceof BatonError) throw error;
    return undefined;
  }
}

type Told = Pick<
  Story,
  | 'workflow'
  | 'team'
  | 'state'
  | 'owner'
  | 'source'
  | 'counts'
  | 'models'
  | 'steps'
  | 'active'
  | 'pending'
  | 'timeline'
>;

async function fromWorker(
  client: Client,
  run: WorkflowExecutionDescription,
  told: Observation,
): Promise<Told> {
  const { view, timeline } = told;
  const parts = await specialists(
    client,
    run,
    timeline,
    async (id) => (await asObservation(client, id))?.timeline,
  );
  return {
    workflow: view.workflow,
    ...(view.team === undefined ? {} : { team: view.team }),
    state: stateOf(run, view.state),
    owner: view.owner,
    source: 'worker',
    counts: view.counts,
    models: view.models,
    steps: view.steps,
    active: view.active,
    pending: await wholeRequests(client, view.pending),
    timeline: merged(timeline, parts),
  };
}

async function fromHistory(client: Client, run: WorkflowExecutionDescription): Promise<Told> {
  const told = storyOfFacts(await readHistoryFacts(client, run.workflowId, run.runId));
  const parts = await Promise.all(
    told.children.map(async (id) => storyOfFacts(await readHistoryFacts(client, id)).timeline),
  );
  return {
    workflow: told.workflow,
    ...(told.team === undefined ? {} : { team: told.team }),
    state: stateOf(run, told.pending.length > 0 ? 'waiting' : 'running'),
    owner: told.owner,
    source: 'history',
    counts: told.counts,
    models: told.models,
    active: told.active,
    pending: told.pending.map(fromSummary),
    timeline: merged(told.timeline, parts),
  };
}

/** A run that was terminated could not say so itself. */
function stateOf(run: WorkflowExecutionDescription, told: RunView['state']): RunView['state'] {
  if (run.status.name === 'RUNNING') return told;
  return run.status.name === 'COMPLETED' ? 'completed' : 'failed';
}

/** The timelines of specialists with workflows of their own, when the run has any. */
async function specialists(
  client: Client,
  run: WorkflowExecutionDescription,
  timeline: readonly TimelineEvent[],
  read: (workflowId: string) => Promise<readonly TimelineEvent[] | undefined>,
): Promise<(readonly TimelineEvent[])[]> {
  const turned = new Set(timeline.flatMap((event) => (event.kind === 'turn' ? [event.path] : [])));
  const elsewhere = timeline.some(
    ({ kind, path }) => (kind === 'delegated' || kind === 'handoff') && !turned.has(path),
  );
  if (!elsewhere) return [];
  const prefix = `${run.workflowId}/`.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const query = `WorkflowType = '${SPECIALIST}' and WorkflowId STARTS_WITH '${prefix}' and StartTime >= '${run.startTime.toISOString()}'`;
  const found: (readonly TimelineEvent[])[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) {
    found.push((await read(workflowId)) ?? []);
  }
  return found;
}

/** One timeline of several workflows; where one of a specialist begins and ends, its root says. */
function merged(
  root: readonly TimelineEvent[],
  parts: readonly (readonly TimelineEvent[])[],
): TimelineEvent[] {
  const own = new Set(root.map(identity));
  const inner = parts
    .flat()
    .filter(
      ({ kind }) =>
        kind !== 'run-started' && kind !== 'run-ended' && kind !== 'delegated' && kind !== 'handoff',
    )
    .filter((event) => !own.has(identity(event)));
  // Stable: at the same moment, the order in which they were told.
  return [...root, ...inner].toSorted((a, b) =>
    a.kind === 'run-ended' ? 1 : b.kind === 'run-ended' ? -1 : a.at.localeCompare(b.at),
  );
}

function identity(event: TimelineEvent): string {
  return 'request' in event ? `${event.kind} ${event.request}` : `${event.at} ${event.path} ${event.kind}`;
}

async function wholeRequests(
  client: Client,
  summaries: readonly RequestSummary[],
): Promise<WaitingRequest[]> {
  const owners = new Set(summaries.flatMap(({ id }) => ownerOfRequest(id)?.workflowId ?? []));
  const answers = await Promise.all(
    [...owners].map((owner) => pendingRequests(client, owner).catch(() => undefined)),
  );
  const whole = new Map(
    answers.flatMap((requests) => requests ?? []).map((request) => [request.id, request]),
  );
  return summaries.map((summary) => {
    const request = whole.get(summary.id);
    return request ? fromRequest(request) : fromSummary(summary);
  });
}

export function fromRequest(request: ApprovalRequest): WaitingRequest {
  const { v: _version, action, ...rest } = request;
  return { ...rest, ...(action ? { tool: action.tool, args: action.args } : {}) };
}

export function fromSummary(summary: RequestSummary): WaitingRequest {
  return { ...summary, options: summary.options.map((id) => ({ id })) };
}

async function outcomeOf(
  client: Client,
  run: WorkflowExecutionDescription,
): Promise<Pick<Story, 'result' | 'failure'>> {
  try {
    return { result: (await client.workflow.getHandle(run.workflowId, run.runId).result()) as Json };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const failure = runError(run.workflowId, error);
    if (failure instanceof BatonError && failure.code !== 'ORCHESTRATION_HELD') {
      return { failure: { code: failure.code, message: failure.message } };
    }
    return { failure: { message: error.cause?.message ?? error.message } };
  }
}
