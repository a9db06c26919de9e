/** Queues with waiting calls that no worker polls: each required permission has a separate queue. */
import { nameCommand } from '../../project/command-name.js';
import type { Unserved } from '../../schemas/documents/story.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import proto from '@temporalio/proto';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { isPolledForActivities } from './pollers.js';

const { PENDING_ACTIVITY_STATE_SCHEDULED } = proto.temporal.api.enums.v1.PendingActivityState;

/** The permission queues where a call of this run waits and no worker polls. Right after a kill one may be missing. */
export async function findUnserved(
  client: Client,
  { raw, taskQueue }: Pick<WorkflowExecutionDescription, 'raw' | 'taskQueue'>,
): Promise<Unserved[]> {
  const waiting = (raw.pendingActivities ?? []).flatMap(({ state, activityOptions }) =>
    state === PENDING_ACTIVITY_STATE_SCHEDULED ? (activityOptions?.taskQueue?.name ?? []) : [],
  );
  const prefix = `${taskQueue}.`;
  const own = [...new Set(waiting)].filter((queue) => queue.startsWith(prefix));
  const served = await Promise.all(own.map((queue) => isPolledForActivities(client, queue)));
  return own
    .filter((_queue, index) => !served[index])
    .map((queue) => ({ queue, permission: queue.slice(prefix.length) }));
}

/** The problem, and what to do. */
export function describeUnserved({ queue, permission }: Unserved): string {
  return `Nobody serves the queue ${queue}, so a call waits there: start ${nameCommand(`worker --permission ${permission}`)}`;
}

/** It takes a moment from a decision to the call. */
const LOOKS = 4;
const LOOK_EVERY_MS = 150;

/** The same for a run that has just received an approval. Empty if this can't be determined. */
export async function findUnservedSoon(client: Client, request: string): Promise<Unserved[]> {
  const workflowId = parseRequestId(request)?.workflowId;
  if (workflowId === undefined) return [];
  try {
    for (let look = 0; look < LOOKS; look += 1) {
      if (look > 0) await delay(LOOK_EVERY_MS);
      const run = await client.workflow.getHandle(workflowId).describe();
      if (run.status.name !== 'RUNNING') return [];
      if ((run.raw.pendingActivities ?? []).length > 0) return await findUnserved(client, run);
    }
  } catch {
    // The decision counts; this is only advice.
  }
  return [];
}
