/** What keeps an open run from going on: an orchestration whose code throws, activities that fail and are retried. */
import type { ActivityProgress } from '../../contracts/wire/run-view.js';
import { z } from 'zod';
import type { Retry, StuckTask } from '../../schemas/documents/story.js';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import {
  decodeOptionalFailureToOptionalError,
  loadDataConverter,
  decodeFromPayloadsAtIndex,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { defined } from '../../contracts/data/defined.js';
import { describeFailure } from './history-facts.js';
import { findThrowPlace } from '../../contracts/data/thrown-at.js';

/** A worker that was killed makes a task fail once or twice; from here on it is the code. */
const HELD_FROM_ATTEMPT = 3;
/** What a worker does not know, it knows at once. */
const UNKNOWN_FROM_ATTEMPT = 2;

export async function findStuck(
  client: Client,
  description: WorkflowExecutionDescription,
): Promise<StuckTask | undefined> {
  const attempt = description.raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempt < UNKNOWN_FROM_ATTEMPT) return undefined;
  const events = await readLastEvents(client, description, 20);
  const failed = events.find((event) => event.workflowTaskFailedEventAttributes);
  // Tasks also time out, when a worker is killed or too slow: then no code threw.
  if (!failed) return undefined;
  const error = await decodeOptionalFailureToOptionalError(
    loadDataConverter(client.options.dataConverter),
    failed.workflowTaskFailedEventAttributes?.failure,
  );
  const message = error ? withPlace(error) : 'the workflow task fails';
  // The SDK has no type for this failure, only these words.
  const unknown = message.includes('no such function is exported');
  if (unknown) return { code: 'UNKNOWN_WORKFLOW', attempt, message };
  return attempt < HELD_FROM_ATTEMPT ? undefined : { code: 'ORCHESTRATION_HELD', attempt, message };
}

function withPlace(error: Error): string {
  const place = findThrowPlace(error.stack);
  const { message } = describeFailure(error);
  return place === undefined ? message : `${message} (${place})`;
}

/** A worker that is there takes a task at once; from here on none is, or one has died that was to take it. */
const TAKEN_WITHIN_MS = 3_000;

/** Since when the run's next step has waited for a worker, when that is longer than it should be. */
export function findWaitingSince(
  { raw }: { readonly raw: Pick<WorkflowExecutionDescription['raw'], 'pendingWorkflowTask'> },
  now = Date.now(),
): string | undefined {
  const task = raw.pendingWorkflowTask;
  if (!task || task.startedTime) return undefined;
  const since = optionalTsToMs(task.originalScheduledTime ?? task.scheduledTime);
  return since !== undefined && now - since > TAKEN_WITHIN_MS ? new Date(since).toISOString() : undefined;
}

export async function findRetries(
  client: Client,
  description: WorkflowExecutionDescription,
): Promise<Retry[]> {
  const converter = loadDataConverter(client.options.dataConverter);
  const failing = (description.raw.pendingActivities ?? []).filter(({ attempt }) => (attempt ?? 1) >= 2);
  if (failing.length === 0) return [];
  const retries: Retry[] = [];
  const scheduled = await readScheduleTimes(client, description);
  for (const activity of failing) {
    const since = scheduled.get(activity.activityId ?? '');
    const error = await decodeOptionalFailureToOptionalError(converter, activity.lastFailure);
    const next = optionalTsToMs(activity.nextAttemptScheduleTime);
    retries.push({
      activity: activity.activityType?.name ?? '',
      attempt: activity.attempt ?? 1,
      ...(error ? describeFailure(error) : { message: 'the last attempt did not finish' }),
      ...(next === undefined ? {} : { nextAt: new Date(next).toISOString() }),
      ...defined({ since }),
    });
  }
  return retries;
}

/** When the activities among the last events were scheduled, by their ids. */
async function readScheduleTimes(
  client: Client,
  run: WorkflowExecutionDescription,
): Promise<Map<string, string>> {
  const events = await readLastEvents(client, run, 200);
  return new Map(
    events.flatMap(({ eventTime, activityTaskScheduledEventAttributes: scheduled }) => {
      const at = optionalTsToMs(eventTime);
      return scheduled?.activityId && at !== undefined
        ? [[scheduled.activityId, new Date(at).toISOString()] as const]
        : [];
    }),
  );
}

/** The newest first. */
async function readLastEvents(
  client: Client,
  { workflowId, runId }: Pick<WorkflowExecutionDescription, 'workflowId' | 'runId'>,
  maximumPageSize: number,
) {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize,
  });
  return history?.events ?? [];
}

/** A worker takes a run up within milliseconds; one that is busy is not waited for. */
const LOOKS_FOR_MS = 2_000;
const LOOK_AGAIN_MS = 50;

/** What keeps the run from beginning; undefined when it has begun, or nobody has taken it up within two seconds. */
export async function findStuckAtOnce(client: Client, workflowId: string): Promise<StuckTask | undefined> {
  const end = Date.now() + LOOKS_FOR_MS;
  for (;;) {
    const description = await client.workflow.getHandle(workflowId).describe();
    const held = await findStuck(client, description);
    if (held !== undefined || !description.raw.pendingWorkflowTask || Date.now() > end) return held;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

const Progress = z.object({ path: z.string(), text: z.string() });

export async function findProgress(
  client: Client,
  { raw }: WorkflowExecutionDescription,
): Promise<ActivityProgress[]> {
  const converter = loadDataConverter(client.options.dataConverter);
  const told = await Promise.all(
    (raw.pendingActivities ?? []).map(({ heartbeatDetails }) =>
      decodeFromPayloadsAtIndex(converter, 0, heartbeatDetails?.payloads),
    ),
  );
  // An activity that has nothing to tell beats without a word.
  return told.flatMap((details) => Progress.safeParse(details).data ?? []);
}
