/** The run that an execution belongs to, according to the server. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { toRootRun } from '../../contracts/proof/root.js';
import { toExecution } from '../../contracts/wire/wire.js';

/** The id of the run: for a child agent's workflow, that of the run which started it. */
export function toRunId({
  type,
  workflowId,
  parentExecution,
}: Pick<WorkflowExecutionDescription, 'type' | 'workflowId' | 'parentExecution'>): string {
  return toExecution(type, workflowId, parentExecution?.workflowId);
}

/** The run's name in the store and in digests. All executions of a run have the same name: that of the first one. */
export async function findRoot(client: Client, workflowId: string, runId?: string): Promise<string> {
  const { raw, runId: found } = await client.workflow.getHandle(workflowId, runId).describe();
  return toRootRun({ workflowId, firstExecutionRunId: raw.workflowExecutionInfo?.firstRunId || found });
}
