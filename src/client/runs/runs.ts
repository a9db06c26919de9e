/** Starts runs, and waits for their results. */
import { nameCommand } from '../../project/command-name.js';
import { assertSendable } from '../../contracts/data/sendable.js';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import {
  ApplicationFailure,
  CancelledFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { digest } from '../../contracts/data/canonical-json.js';
import { BatonError, isErrorCode } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { toDetailsText, toSummaryText } from '../../contracts/data/within-bytes.js';
import type { AskedRun } from '../../contracts/proof/requester.js';
import { REQUESTED } from '../../contracts/wire/wire.js';
import { findTaskQueue } from '../../project/task-queue.js';

/** The id and queue of a run, and what to do if a run with this id is open. */
export interface StartOptions {
  /** The run's id; default: a new id from the workflow's name. */
  readonly id?: string;
  /** Default: the queue of the project in whose folder this process runs, see `taskQueue` of the configuration. */
  readonly taskQueue?: string;
  /** `attach` uses an open run with this id instead of failing with `RUN_EXISTS`. */
  readonly ifOpen?: 'fail' | 'attach';
  /**
   * Proves the requester of the run. It receives the started run, and returns a token from {@link signRequester}. Baton
   * never signs for a run that is already open: then `attach` fails too.
   */
  readonly requester?: (run: AskedRun) => string;
}

/** Names one execution: the run's id, and Temporal's run id. */
export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

/** A workflow as `orchestration` defines it: import its type, never its code. */
type Orchestration<In, Out> = (input: In) => Promise<Out>;
type AnyOrchestration = Orchestration<never, unknown>;

/**
 * Starts a run. The run exists when this returns, with or without a worker. Pass the orchestration's type,
 * `startRun<typeof hello>(client, 'hello', input)`, and the compiler checks the input.
 *
 * @throws {BatonError} `RUN_EXISTS` if a run with this id is open, `BAD_INPUT` if the input is larger than Temporal's
 * limit.
 */
export async function startRun<W extends AnyOrchestration = Orchestration<Json, Json>>(
  client: Client,
  workflow: string,
  input: Parameters<W>[0],
  options: StartOptions = {},
): Promise<RunRef> {
  const workflowId = options.id ?? createRunId(workflow);
  const { requester } = options;
  assertSendable('The input of the run', input, 'BAD_INPUT');
  try {
    const handle = await startMarked(client, workflow, {
      workflowId,
      taskQueue: options.taskQueue ?? findTaskQueue(),
      args: requester ? [input, { v: 1, requested: true }] : [input],
      workflowIdConflictPolicy: options.ifOpen === 'attach' && !requester ? 'USE_EXISTING' : 'FAIL',
      staticSummary: toSummaryText(`${workflow}: ${clip(input, 120)}`),
      // The cut is inside the block, which is always closed.
      staticDetails: ['Input:', '', '```json', toDetailsText(JSON.stringify(input, null, 2)), '```'].join(
        '\n',
      ),
    });
    const { firstExecutionRunId } = handle;
    const run = { workflowId, firstExecutionRunId, workflow, input: input as Json };
    if (requester) await handle.signal(REQUESTED, { v: 1, requester: requester(run) });
    return { workflowId, runId: firstExecutionRunId };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new BatonError(
      'RUN_EXISTS',
      `A run ${workflowId} is open already. Give another --id, or look at it with ${nameCommand(`show ${workflowId}`)}.`,
      { workflowId },
    );
  }
}

/** The mark of a run that no worker has started. From its first step on, the run sets its own attributes. */
const MARK = [
  { key: defineSearchAttributeKey('BatonState', SearchAttributeType.KEYWORD), value: 'pending-worker' },
];

/** If a namespace does not know the attribute, no worker of Baton was ever there: the run starts without the mark. */
async function startMarked(
  client: Client,
  workflow: string,
  options: WorkflowStartOptions & { readonly args: unknown[] },
) {
  try {
    return await client.workflow.start(workflow, { ...options, typedSearchAttributes: MARK });
  } catch (error) {
    const cause: unknown = error instanceof ServiceError ? error.cause : error;
    if (!isGrpcServiceError(cause) || !cause.details.includes('BatonState')) throw error;
    return client.workflow.start(workflow, options);
  }
}

/** The default id of a run. */
export function createRunId(workflow: string): string {
  const random = digest({ at: Date.now(), random: Math.random() }).slice(0, 8);
  return `${workflow}-${random}`;
}

/**
 * Waits for a run's result, without a time limit.
 *
 * @throws {BatonError} with the run's failure code; `CANCELLED`; `UNKNOWN_RUN`.
 */
export async function resultOf(client: Client, workflowId: string): Promise<Json> {
  try {
    return (await client.workflow.getHandle(workflowId).result()) as Json;
  } catch (error) {
    throw runError(workflowId, error);
  }
}

export function createUnknownRunError(workflowId: string): BatonError {
  return new BatonError(
    'UNKNOWN_RUN',
    `There is no run ${workflowId} in this namespace. See ${nameCommand('list')}.`,
    { workflowId },
  );
}

/** Converts the error of a failed or unknown run to Baton's codes. */
export function runError(workflowId: string, error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return createUnknownRunError(workflowId);
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
