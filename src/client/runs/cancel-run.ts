/** Asking a run to end. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { createRunClosedError } from '../../contracts/errors.js';
import { findStuck } from './stuck.js';
import { runError } from './runs.js';

/** `asked`: it ends when a worker takes it up. `ended`: it is over, and had never begun. */
export type Cancellation = 'asked' | 'ended';

/**
 * Asks a run to end. It takes no further step; what waits for a person is withdrawn, and what is done stays done. A run of
 * a workflow that no worker exports could never take that up: where nothing of it has ever run, it is ended at once.
 *
 * @throws {BatonError} `UNKNOWN_RUN`, or `RUN_CLOSED` when it has ended.
 */
export async function cancelRun(client: Client, workflowId: string): Promise<Cancellation> {
  try {
    const description = await client.workflow.getHandle(workflowId).describe();
    const { status, runId, historyLength } = description;
    if (status.name !== 'RUNNING') {
      throw createRunClosedError(`Run ${workflowId} has ended already (${status.name.toLowerCase()}).`, {
        workflowId,
      });
    }
    // This very execution: another of the same id may be a different matter.
    const execution = client.workflow.getHandle(workflowId, runId);
    const held = await findStuck(client, description);
    if (held?.code === 'UNKNOWN_WORKFLOW' && !(await hasBegun(execution, historyLength))) {
      await execution.terminate(`Cancelled before it began: ${held.message}`);
      return 'ended';
    }
    await execution.cancel();
    return 'asked';
  } catch (error) {
    throw runError(workflowId, error);
  }
}

/** Whether a worker has ever got through a task of the run, in this execution or one before. What is long has begun. */
async function hasBegun(execution: WorkflowHandle, historyLength: number): Promise<boolean> {
  if (historyLength > 100) return true;
  const { events } = await execution.fetchHistory();
  return (events ?? []).some(
    ({ workflowExecutionStartedEventAttributes: started, workflowTaskCompletedEventAttributes: task }) =>
      Boolean(task) || Boolean(started?.continuedExecutionRunId),
  );
}
