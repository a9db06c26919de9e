/** Which run a workflow belongs to, as the server tells it. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { SPECIALIST } from '../contracts/wire.js';

/**
 * The id of the run: of the parent for a specialist's own workflow, else of the workflow itself. An orchestration that
 * somebody else's workflow has as a child is a run of its own.
 */
export function runOf({
  type,
  workflowId,
  parentExecution,
}: Pick<WorkflowExecutionDescription, 'type' | 'workflowId' | 'parentExecution'>): string {
  return type === SPECIALIST ? (parentExecution?.workflowId ?? workflowId) : workflowId;
}
