/** Requests the cancellation of a run. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { createRunClosedError } from '../../contracts/errors.js';
import { findStuck } from './stuck.js';
import { runError } from './runs.js';

/** `asked`: the run ends when a worker picks it up. `ended`: the run never began, and is closed now. */
export type Cancellation = 'asked' | 'ended';

/**
 * Asks a run to end. It takes no further step, its pending requests are withdrawn, and completed actions stay. A run
 * whose workflow no worker exports could never process this. If none of its code has ever run, it is terminated at
 * once.
 *
 * @throws {BatonError} `UNKNOWN_RUN`, or `RUN_CLOSED` if it has ended.
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
    // Exactly this execution: another one with the same id may be a different run.
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

/**
 * Whether a worker has ever completed a task of the run, in this execution or an earlier one. A long history has begun.
 */
async function hasBegun(execution: WorkflowHandle, historyLength: number): Promise<boolean> {
  if (historyLength > 100) return true;
  const { events } = await execution.fetchHistory();
  return (events ?? []).some(
    ({ workflowExecutionStartedEventAttributes: started, workflowTaskCompletedEventAttributes: task }) =>
      Boolean(task) || Boolean(started?.continuedExecutionRunId),
  );
}
