/** How a run started, as the server tells it: a workflow could say of itself what it likes. */
import { defaultPayloadConverter, type NativeConnection } from '@temporalio/worker';
import type { Execution, StartedRun } from '../activities/approvals/approvals.js';
import { digest } from '../contracts/data/canonical-json.js';
import { BatonError } from '../contracts/errors.js';
import { toExecution } from '../contracts/wire/wire.js';

type Payload = Parameters<typeof defaultPayloadConverter.fromPayload>[0];

/** What of a workflow's first event is looked at. */
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
export type FindRoot = (execution: Execution) => Promise<StartedRun>;

/** How many runs are remembered: how a run started never changes, so the server is asked once while it is at work. */
const MOST_RUNS = 2_000;

/** Asks the server, once for each workflow: steps that begin side by side wait for the same answer. */
export function createRootFinder(server: Server): FindRoot {
  const known = new Map<string, Promise<StartedRun>>();
  return (execution) => {
    const { runId } = execution;
    const found = known.get(runId) ?? readRoot(server, execution);
    known.delete(runId);
    known.set(runId, found);
    // What could not be asked is asked again.
    found.catch(() => known.delete(runId));
    const [oldest] = known.keys();
    if (known.size > MOST_RUNS && oldest !== undefined) known.delete(oldest);
    return found;
  };
}

/** The run that a workflow is part of; asked of the server, as the workflow could say what it likes. */
async function readRoot(server: Server, execution: Execution): Promise<StartedRun> {
  const own = await readStart(server, execution);
  const { workflowType, parentWorkflowExecution } = own.started;
  const { workflowId, runId } = parentWorkflowExecution ?? {};
  const parent = workflowId && runId ? { workflowId, runId } : undefined;
  const root = toExecution(workflowType?.name, execution, parent);
  const { started, at } = root.runId === execution.runId ? own : await readStart(server, root);
  return {
    workflowId: root.workflowId,
    // A reset run has the start of the one that was reset.
    firstExecutionRunId: started.firstExecutionRunId ?? '',
    startedAt: at,
    input: readInput(started),
  };
}

/** A workflow's first event, which nothing changes any more. */
async function readStart(
  { connection, namespace = 'default' }: Server,
  execution: Execution,
): Promise<{ readonly started: Started; readonly at: number }> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution,
    maximumPageSize: 1,
  });
  const [event] = history?.events ?? [];
  const started = event?.workflowExecutionStartedEventAttributes;
  const { seconds } = event?.eventTime ?? {};
  if (started && seconds) return { started, at: Number(seconds) * 1_000 };
  const { workflowId, runId } = execution;
  throw new BatonError('UNKNOWN_RUN', `The server does not say how run ${workflowId} (${runId}) started.`, {
    workflowId,
  });
}

/** The digest that a requester's token names; one that no token has where the input cannot be read. */
function readInput({ input }: Started): string {
  try {
    const [first] = input?.payloads ?? [];
    return digest(first ? (defaultPayloadConverter.fromPayload(first) ?? null) : null);
  } catch {
    return '';
  }
}
