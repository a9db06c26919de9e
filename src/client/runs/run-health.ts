/**
 * Finds what prevents an open run from continuing: an orchestration whose code throws, activities that fail and are
 * retried.
 */
import type { ActivityProgress } from '../../contracts/wire/run-view.js';
import { z } from 'zod';
import type { Retry, Story, StuckTask } from '../../schemas/documents/story.js';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import {
  decodeOptionalFailureToOptionalError,
  loadDataConverter,
  decodeFromPayloadsAtIndex,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { TimeoutFailure } from '@temporalio/common';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { defined } from '../../contracts/data/defined.js';
import { describeFailure, type FailureFact } from './history-facts.js';
import { explainQueue } from './deployments.js';
import { readLastEvents } from './fetch-events.js';
import { findStuck } from './stuck.js';
import { findUnserved } from './unserved.js';

/** The health of an open run, in addition to its state. */
export type RunHealth = Pick<Story, 'held' | 'waitsForWorkerSince' | 'waitsBecause' | 'unserved' | 'retries'>;

/** @param whenAsked - the finding from a worker's answer. It covers an idle run, whose problem only a query shows. */
export async function readHealth(
  client: Client,
  description: WorkflowExecutionDescription,
  whenAsked: () => Promise<StuckTask | undefined>,
): Promise<RunHealth> {
  if (description.status.name !== 'RUNNING') return { retries: [] };
  const held = (await findStuck(client, description)) ?? (await whenAsked());
  const unserved = await findUnserved(client, description);
  const since = held ? undefined : findWaitingSince(description);
  const waitsBecause = since && (await explainQueue(client, description.taskQueue));
  return {
    ...defined({ held, waitsForWorkerSince: since, waitsBecause }),
    ...(unserved.length === 0 ? {} : { unserved }),
    retries: await findRetries(client, description),
  };
}

/** An available worker takes a task at once. After this time there is no worker, or it died before it took the task. */
const TAKEN_WITHIN_MS = 3_000;

/** Since when the run's next step has waited for a worker, if that is longer than normal. */
export function findWaitingSince(
  { raw }: { readonly raw: Pick<WorkflowExecutionDescription['raw'], 'pendingWorkflowTask'> },
  now = Date.now(),
): string | undefined {
  const task = raw.pendingWorkflowTask;
  if (!task || task.startedTime) return undefined;
  const since = optionalTsToMs(task.originalScheduledTime ?? task.scheduledTime);
  return since !== undefined && now - since > TAKEN_WITHIN_MS ? new Date(since).toISOString() : undefined;
}

async function findRetries(client: Client, description: WorkflowExecutionDescription): Promise<Retry[]> {
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
      ...(error ? describeAttempt(error) : { message: 'the last attempt did not finish' }),
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

/** A lost heartbeat is a failure of the worker: the state of the attempt is unknown. */
function describeAttempt(error: Error): FailureFact {
  if (!(error instanceof TimeoutFailure)) return describeFailure(error);
  return { message: 'the worker of the last attempt stopped, or did not finish it in time' };
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
  // An activity without progress sends a heartbeat without details.
  return told.flatMap((details) => Progress.safeParse(details).data ?? []);
}
