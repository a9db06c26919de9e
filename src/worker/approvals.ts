/** What a worker's activities ask about approvals, made of its configuration and its connection. */
import type { NativeConnection } from '@temporalio/worker';
import { UNAUTHENTICATED, type Approvals } from '../activities/approvals.js';
import { BatonError } from '../contracts/errors.js';
import { requirementFor, type ApprovalPolicy } from '../contracts/policy.js';
import type { RootRun } from '../contracts/proof/root.js';
import { liveRegistry } from './approver-registry.js';
import type { ApprovalsConfig } from './config.js';

export function approvalsFor(
  config: ApprovalsConfig,
  policies: readonly ApprovalPolicy[],
  {
    connection,
    namespace = 'default',
  }: { readonly connection: NativeConnection; readonly namespace?: string },
): Approvals {
  const requirementOf: Approvals['requirementOf'] = (action) => requirementFor(policies, action);
  if (config.mode === 'unauthenticated' || config.registry === undefined) {
    return { ...UNAUTHENTICATED, requirementOf };
  }
  const registry = liveRegistry(config.registry);
  return {
    mode: () => Promise.resolve().then(() => ({ mode: 'signed' as const, registry: registry() })),
    requirementOf,
    startedAt: (run) => startedAt(connection, namespace, run),
  };
}

/** When a run started; asked of the server, as the workflow could say what it likes. */
async function startedAt(
  connection: NativeConnection,
  namespace: string,
  { workflowId, firstExecutionRunId: runId }: RootRun,
): Promise<number> {
  const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId, runId },
  });
  const seconds = workflowExecutionInfo?.startTime?.seconds;
  if (seconds !== undefined && seconds !== null) return Number(seconds) * 1_000;
  throw new BatonError('UNKNOWN_RUN', `The server does not say when run ${workflowId} (${runId}) started.`, {
    workflowId,
  });
}
