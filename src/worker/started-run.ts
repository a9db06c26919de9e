/** How a run started, according to the server: a workflow could claim anything about itself. */
import { defaultPayloadConverter, type NativeConnection } from '@temporalio/worker';
import type { Execution, RequestedRun } from '../activities/approvals/approvals.js';
import type { RootRun } from '../contracts/proof/claims.js';
import { ASKED_WITHIN_EVENTS, readSentToken, type SentToken } from '../contracts/proof/requester.js';
import { digest } from '../contracts/data/canonical-json.js';
import { BatonError, createUnreachableError } from '../contracts/errors.js';
import { REQUESTED, toExecution } from '../contracts/wire/wire.js';

type Payload = Parameters<typeof defaultPayloadConverter.fromPayload>[0];

/** The part of a workflow's first event that is read. */
interface Started {
  readonly firstExecutionRunId?: string | null;
  readonly workflowType?: { readonly name?: string | null } | null;
  readonly parentWorkflowExecution?: {
    readonly workflowId?: string | null;
    readonly runId?: string | null;
  } | null;
  readonly input?: { readonly payloads?: readonly Payload[] | null } | null;
}

export interface Server {
  readonly connection: NativeConnection;
  readonly namespace?: string;
}

/** Finds the run that a workflow is part of. */
export type FindRoot = (execution: Execution) => Promise<RootRun>;

/** How many runs are cached. A run's start never changes, so the server is asked once while the run is active. */
const MOST_RUNS = 2_000;

/** Asks the server once for each workflow: steps that start at the same time wait for the same answer. */
export function createRootFinder(server: Server): FindRoot {
  const known = new Map<string, Promise<RootRun>>();
  return (execution) => {
    const { runId } = execution;
    const found = known.get(runId) ?? readRoot(server, execution);
    known.delete(runId);
    known.set(runId, found);
    // A failed request is repeated next time.
    found.catch(() => known.delete(runId));
    const [oldest] = known.keys();
    if (known.size > MOST_RUNS && oldest !== undefined) known.delete(oldest);
    return found;
  };
}

/** The run that a workflow is part of. The server answers this, because the workflow could claim any run. */
async function readRoot(server: Server, execution: Execution): Promise<RootRun> {
  const own = await readStart(server, execution);
  const { workflowType, parentWorkflowExecution } = own;
  const { workflowId, runId } = parentWorkflowExecution ?? {};
  const parent = workflowId && runId ? { workflowId, runId } : undefined;
  const root = toExecution(workflowType?.name, execution, parent);
  const started = root.runId === execution.runId ? own : await readStart(server, root);
  // A reset run has the start of the original run.
  return { workflowId: root.workflowId, firstExecutionRunId: started.firstExecutionRunId ?? '' };
}

/** How a run was requested: read from its first execution, also when it continues in a later one or was reset. */
export async function readRequest(server: Server, root: RootRun): Promise<RequestedRun> {
  const { workflowId, firstExecutionRunId: runId } = root;
  const events = await readEvents(server, { workflowId, runId }, ASKED_WITHIN_EVENTS).catch(
    (error: unknown) => {
      // The server may have deleted a run that ended long ago: then no requester is proven.
      if (isNotFound(error)) return [];
      throw error;
    },
  );
  const started: Started = events[0]?.workflowExecutionStartedEventAttributes ?? {};
  const tokens = events.flatMap(
    ({ workflowExecutionSignaledEventAttributes: signal, eventTime }): SentToken[] => {
      const jws = signal?.signalName === REQUESTED ? readSentToken(readFirst(signal.input)) : undefined;
      return jws === undefined ? [] : [{ jws, at: Number(eventTime?.seconds ?? 0) * 1_000 }];
    },
  );
  return { ...root, workflow: started.workflowType?.name ?? '', input: readInput(started), tokens };
}

/** A workflow's first event, which never changes. */
async function readStart(server: Server, execution: Execution): Promise<Started> {
  const [event] = await readEvents(server, execution, 1);
  const started = event?.workflowExecutionStartedEventAttributes;
  if (started) return started;
  const { workflowId, runId } = execution;
  throw new BatonError('UNKNOWN_RUN', `The server does not say how run ${workflowId} (${runId}) started.`, {
    workflowId,
  });
}

async function readEvents({ connection, namespace = 'default' }: Server, execution: Execution, many: number) {
  try {
    const { history } = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution,
      maximumPageSize: many,
    });
    return (history?.events ?? []).slice(0, many);
  } catch (error) {
    if (isNotFound(error)) throw error;
    // Without a code, the step would end after a few failures, and an approved action with it.
    const { workflowId } = execution;
    const why = error instanceof Error ? error.message : String(error);
    throw createUnreachableError(
      `The Temporal server does not say how run ${workflowId} started: ${why}. The worker retries.`,
      { workflowId },
      error,
    );
  }
}

function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === NOT_FOUND;
}

/** The gRPC code. */
const NOT_FOUND = 5;

function readFirst(input: Started['input']): unknown {
  try {
    const [first] = input?.payloads ?? [];
    return first ? defaultPayloadConverter.fromPayload(first) : undefined;
  } catch {
    return undefined;
  }
}

/** The digest that a requester's token names. If the input cannot be read, a digest that no token has. */
function readInput({ input }: Started): string {
  try {
    const [first] = input?.payloads ?? [];
    return digest(first ? (defaultPayloadConverter.fromPayload(first) ?? null) : null);
  } catch {
    return '';
  }
}
