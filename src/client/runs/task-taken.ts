/** Whether a worker has taken up what a run waits to do, before somebody sends it an update. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';

/** The server offers a task to a worker that has died for ten seconds, then to the others. */
const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 50;

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
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    description = await client.workflow.getHandle(first.workflowId).describe();
  }
  return !isTaskWaiting(description);
}

function isTaskWaiting({ raw: { pendingWorkflowTask } }: WorkflowExecutionDescription): boolean {
  return Boolean(pendingWorkflowTask) && !pendingWorkflowTask?.startedTime;
}
