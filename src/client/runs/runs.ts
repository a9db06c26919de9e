/** Starting runs, and waiting for them. */
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

/** Under which id, on which queue, and what to do when a run of this id is open. */
export interface StartOptions {
  /** The run's id; without one, a fresh one is made from the workflow's name. */
  readonly id?: string;
  /** Default: that of the project in whose folder this process runs, see `taskQueue` of the configuration. */
  readonly taskQueue?: string;
  /** `attach` goes on with an open run of this id instead of failing with `RUN_EXISTS`. */
  readonly ifOpen?: 'fail' | 'attach';
  /**
   * Proves who asks for the run: given the run that was started, a token that {@link signRequester} makes for it. A run that
   * is open already is never signed for: then `attach` fails too.
   */
  readonly requester?: (run: AskedRun) => string;
}

/** Names one execution: the run's id, and Temporal's own. */
export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

/** A workflow as `orchestration` defines it: import its type, never its code. */
type Orchestration<In, Out> = (input: In) => Promise<Out>;
type AnyOrchestration = Orchestration<never, unknown>;

/**
 * Starts a run. It exists as soon as this returns, whether or not a worker is there. Give the orchestration's type,
 * `startRun<typeof hello>(client, 'hello', input)`, and the compiler checks the input.
 *
 * @throws {BatonError} `RUN_EXISTS` when a run of this id is open, `BAD_INPUT` when the input is larger than Temporal takes.
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
      // Cut inside the block, which is closed whatever the input is.
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

/** By this a run is found that no worker has begun. It says so itself, from its first step on. */
const MARK = [
  { key: defineSearchAttributeKey('BatonState', SearchAttributeType.KEYWORD), value: 'pending-worker' },
];

/** A namespace that does not know the attribute has never had a worker of Baton's: the run starts all the same. */
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

/** An id for a run that was given none. */
export function createRunId(workflow: string): string {
  const random = digest({ at: Date.now(), random: Math.random() }).slice(0, 8);
  return `${workflow}-${random}`;
}

/**
 * Waits for a run's result, however long.
 *
 * @throws {BatonError} with the code the run failed with; `CANCELLED`; `UNKNOWN_RUN`.
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

/** What a failed run, or a run that does not exist, means in Baton's codes. */
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
