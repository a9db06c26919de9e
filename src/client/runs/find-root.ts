/** The name of a run in the store. */
import type { Client } from '@temporalio/client';
import { toRootRun } from '../../contracts/proof/root.js';

/** All executions of a run have the same name: that of the first one. */
export async function findRoot(client: Client, workflowId: string, runId?: string): Promise<string> {
  const { raw, runId: found } = await client.workflow.getHandle(workflowId, runId).describe();
  return toRootRun({ workflowId, firstExecutionRunId: raw.workflowExecutionInfo?.firstRunId || found });
}
