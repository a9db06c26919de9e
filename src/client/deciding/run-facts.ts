/** The server's own facts about the execution of a request, without trust in the workflow. */
import type { Client } from '@temporalio/client';
import { describe } from '../story/story.js';
import { toRootRun } from '../../contracts/proof/root.js';
import { toRunId } from '../runs/find-root.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';

export interface RunFacts {
  /** The run's id; for a child agent's request, that of its run. */
  readonly workflowId: string;
  readonly runId: string;
  readonly firstExecutionRunId: string;
  /** The execution's name in digests. */
  readonly run: string;
  readonly open: boolean;
}

/** @throws {BatonError} `UNKNOWN_RUN`. */
export async function readRunFacts(client: Client, request: string): Promise<RunFacts> {
  const owner = parseRequestId(request)?.workflowId ?? request;
  const asking = await describe(client, owner);
  const workflowId = toRunId(asking);
  const root = workflowId === owner ? asking : await describe(client, workflowId);
  const firstExecutionRunId = root.raw.workflowExecutionInfo?.firstRunId ?? root.runId;
  return {
    workflowId,
    runId: root.runId,
    firstExecutionRunId,
    run: toRootRun({ workflowId, firstExecutionRunId }),
    open: asking.status.name === 'RUNNING',
  };
}
