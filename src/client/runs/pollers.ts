/** Whether anybody polls a task queue, and takes what waits there. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import proto from '@temporalio/proto';

/** A long poll returns within a minute, so who has not been seen for longer is gone. */
const RECENT_MS = 75_000;

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** Whether a worker polls the task queue that the workflow runs on. Right after a kill it may still say yes. */
export async function hasWorker(client: Client, workflowId: string): Promise<boolean> {
  const { taskQueue } = await client.workflow.getHandle(workflowId).describe();
  return pollsQueue(client, taskQueue);
}

/** Whether a worker polls this task queue. Right after a kill it may still say yes. */
export function pollsQueue(client: Client, taskQueue: string): Promise<boolean> {
  return isPolled(client, taskQueue, TASK_QUEUE_TYPE_WORKFLOW);
}

/** A worker that has just begun is not told of at once. */
const BEGINS_WITHIN_MS = 2_000;
const LOOK_AGAIN_MS = 100;

/** Whether a worker polls this task queue, or does within two seconds. */
export async function waitForPoller(client: Client, taskQueue: string): Promise<boolean> {
  const end = Date.now() + BEGINS_WITHIN_MS;
  while (!(await pollsQueue(client, taskQueue))) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return true;
}

/** Whether a worker carries out what is sent to this task queue. Right after a kill it may still say yes. */
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

/** Who polls this queue, and which builds of versioned workers begin runs there. */
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

/** The server offers a task to a worker that has died for ten seconds, then to the others. */
const PATIENCE_MS = 15_000;
const TASK_AGAIN_MS = 50;

/**
 * Waits until no task of the run waits for a worker, for fifteen seconds at most; false where one still does.
 *
 * After a crash a worker may answer a query before it is given the task in which a timer has fired; it has then gone
 * ahead of the history. An update that came with that very task would be recorded behind what the timer did, and be
 * replayed before it: the run could not be replayed (docs/decisions/015, known to the SDK's makers).
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
