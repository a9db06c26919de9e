/** The last events of a run's history. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';

/** The newest first. */
export async function readLastEvents(
  client: Client,
  { workflowId, runId }: Pick<WorkflowExecutionDescription, 'workflowId' | 'runId'>,
  maximumPageSize: number,
) {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize,
  });
  return history?.events ?? [];
}
