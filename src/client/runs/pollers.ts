/** Whether a worker polls a task queue and takes its tasks. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import proto from '@temporalio/proto';

/** A long poll returns within a minute, so a poller that was last seen earlier is gone. */
const RECENT_MS = 75_000;

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** Whether a worker polls the task queue of the workflow. Right after a kill this may still be true. */
export async function hasWorker(client: Client, workflowId: string): Promise<boolean> {
  const { taskQueue } = await client.workflow.getHandle(workflowId).describe();
  return pollsQueue(client, taskQueue);
}

/** Whether a worker polls this task queue. Right after a kill this may still be true. */
export function pollsQueue(client: Client, taskQueue: string): Promise<boolean> {
  return isPolled(client, taskQueue, TASK_QUEUE_TYPE_WORKFLOW);
}

/** The server does not list a new worker at once. */
const BEGINS_WITHIN_MS = 2_000;
const LOOK_AGAIN_MS = 100;

/** Whether a worker polls this task queue, or starts to within two seconds. */
export async function waitForPoller(client: Client, taskQueue: string): Promise<boolean> {
  const end = Date.now() + BEGINS_WITHIN_MS;
  while (!(await pollsQueue(client, taskQueue))) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return true;
}

/** Whether a worker runs the activities of this task queue. Right after a kill this may still be true. */
export function isPolledForActivities(client: Client, taskQueue: string): Promise<boolean> {
  return isPolled(client, taskQueue, TASK_QUEUE_TYPE_ACTIVITY);
}

async function isPolled(
  client: Client,
  taskQueue: string,
  taskQueueType: typeof TASK_QUEUE_TYPE_WORKFLOW | typeof TASK_QUEUE_TYPE_ACTIVITY,
): Promise<boolean> {
  return (await findPollers(client, taskQueue, taskQueueType)).pollers.length > 0;
}

/** The pollers of this queue, and the builds of versioned workers that start runs there. */
export async function findPollers(
  client: Client,
  taskQueue: string,
  taskQueueType: typeof TASK_QUEUE_TYPE_WORKFLOW | typeof TASK_QUEUE_TYPE_ACTIVITY = TASK_QUEUE_TYPE_WORKFLOW,
) {
  const { pollers, versioningInfo: versioning } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType,
  });
  const since = Date.now() - RECENT_MS;
  const isRecent = (seconds: unknown): boolean => Number(seconds ?? 0) * 1000 >= since;
  return {
    pollers: (pollers ?? []).filter(({ lastAccessTime }) => isRecent(lastAccessTime?.seconds)),
    versioning,
  };
}

/** The server offers a task to a dead worker for ten seconds, then to the others. */
const PATIENCE_MS = 15_000;
const TASK_AGAIN_MS = 50;

/**
 * Waits until no task of the run waits for a worker, for at most fifteen seconds; false if one still does.
 *
 * After a crash, a worker may answer a query before it gets the task in which a timer has fired. Its state is then
 * ahead of the history. The server would record an update that came with that task behind the effects of the timer, but
 * a replay would run it before them. So the run could not be replayed (docs/decisions/015, a known issue of the SDK).
 */
export async function isTaskTaken(client: Client, first: WorkflowExecutionDescription): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  let description = first;
  while (isTaskWaiting(description) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, TASK_AGAIN_MS));
    description = await client.workflow.getHandle(first.workflowId).describe();
  }
  return !isTaskWaiting(description);
}

function isTaskWaiting({ raw: { pendingWorkflowTask } }: WorkflowExecutionDescription): boolean {
  return Boolean(pendingWorkflowTask) && !pendingWorkflowTask?.startedTime;
}
