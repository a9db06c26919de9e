/** Whether an open run is stuck: its code throws, does not fit its history, or is missing. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import {
  decodeOptionalFailureToOptionalError,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { findThrowPlace } from '../../contracts/data/thrown-at.js';
import { QUERIES } from '../../contracts/wire/wire.js';
import type { StuckTask } from '../../schemas/documents/story.js';
import { askRun } from './ask-run.js';
import { describeFailure } from './history-facts.js';
import { readLastEvents } from './fetch-events.js';

/** A killed worker fails a task once or twice; from here on the code is the cause. */
const HELD_FROM_ATTEMPT = 3;
/** A worker recognizes an unknown workflow at once. */
const UNKNOWN_FROM_ATTEMPT = 2;

export async function findStuck(
  client: Client,
  description: WorkflowExecutionDescription,
): Promise<StuckTask | undefined> {
  const attempt = description.raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempt < UNKNOWN_FROM_ATTEMPT) return undefined;
  const events = await readLastEvents(client, description, 20);
  const failed = events.find((event) => event.workflowTaskFailedEventAttributes);
  // Tasks also time out, if a worker is killed or too slow: then no code threw.
  if (!failed) return undefined;
  const error = await decodeOptionalFailureToOptionalError(
    loadDataConverter(client.options.dataConverter),
    failed.workflowTaskFailedEventAttributes?.failure,
  );
  const message = error ? withPlace(error) : 'the workflow task fails';
  if (isUnknown(message)) return { code: 'UNKNOWN_WORKFLOW', attempt, message };
  return attempt < HELD_FROM_ATTEMPT ? undefined : { code: 'ORCHESTRATION_HELD', attempt, message };
}

/** The SDK has no type for this failure, only this message. */
function isUnknown(message: string): boolean {
  return message.includes('no such function is exported');
}

/**
 * The same for an idle run with a pending request: a query replays its code, which fails then. Undefined if the worker
 * is unavailable.
 */
export async function findStuckWhenAsked(client: Client, workflowId: string): Promise<StuckTask | undefined> {
  const told = await askRun(client, workflowId, QUERIES.pending);
  return told && toStuck(told);
}

/** The finding in an answer. */
export function toStuck(told: object): StuckTask | undefined {
  if (!('failed' in told)) return undefined;
  const message = String(told.failed);
  return { code: isUnknown(message) ? 'UNKNOWN_WORKFLOW' : 'ORCHESTRATION_HELD', attempt: 1, message };
}

function withPlace(error: Error): string {
  const place = findThrowPlace(error.stack);
  const { message } = describeFailure(error);
  return place === undefined ? message : `${message} (${place})`;
}

/** A worker picks up a run within milliseconds; this does not wait for a busy one. */
const LOOKS_FOR_MS = 2_000;
const LOOK_AGAIN_MS = 50;

/** Why the run does not start; undefined if it has started, or if no worker picks it up within two seconds. */
export async function findStuckAtOnce(client: Client, workflowId: string): Promise<StuckTask | undefined> {
  const end = Date.now() + LOOKS_FOR_MS;
  for (;;) {
    const description = await client.workflow.getHandle(workflowId).describe();
    const held = await findStuck(client, description);
    if (held !== undefined || !description.raw.pendingWorkflowTask || Date.now() > end) return held;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
