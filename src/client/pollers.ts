/** Whether anybody polls a task queue. */
import type { Client } from '@temporalio/client';

/** A long poll returns within a minute, so who has not been seen for longer is gone. */
const RECENT_MS = 75_000;

/** TaskQueueType of the API: workflow tasks. */
const WORKFLOW_TASKS = 1;

/** Whether a worker polls the task queue that the workflow runs on. Right after a kill it may still say yes. */
export async function hasWorker(client: Client, workflowId: string): Promise<boolean> {
  const { taskQueue } = await client.workflow.getHandle(workflowId).describe();
  return pollsQueue(client, taskQueue);
}

/** Whether a worker polls this task queue. Right after a kill it may still say yes. */
export async function pollsQueue(client: Client, taskQueue: string): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOW_TASKS,
  });
  const since = Date.now() - RECENT_MS;
  return (pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 >= since);
}
