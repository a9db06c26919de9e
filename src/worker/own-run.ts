/**
 * Holds activities to the run that they are of. What an activity reads and writes lies under the run that its input
 * names; whoever may schedule activities could name another one, and read its conversation or plant a result in it.
 */
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { withCode } from '../activities/runtime/failures.js';
import type { Execution } from '../activities/approvals/approvals.js';
import { isJsonObject, type Json } from '../contracts/data/json.js';
import { BatonError } from '../contracts/errors.js';
import { toRootRun } from '../contracts/proof/root.js';
import { readRoot, type Server } from './started-run.js';

/** How many runs are remembered: the server is asked once for each while it is at work. */
const MOST_RUNS = 2_000;

/** @returns interceptors that fail an activity with `PERMISSION_DENIED` whose input names another run than its own. */
export function createRunGuard(server: Server): ActivityInterceptorsFactory {
  const known = new Map<string, string>();
  const findRun = async (execution: Execution): Promise<string> => {
    const run = known.get(execution.runId) ?? toRootRun(await readRoot(server, execution));
    known.delete(execution.runId);
    known.set(execution.runId, run);
    for (const oldest of [...known.keys()].slice(0, -MOST_RUNS)) known.delete(oldest);
    return run;
  };
  return ({ info: { workflowExecution: execution, activityType } }) => ({
    inbound: {
      execute: (input, next) =>
        withCode(async () => {
          const named = findNamedRun(input.args);
          if (execution !== undefined && named !== undefined && named !== (await findRun(execution)))
            throw createOtherRunError(activityType, execution.workflowId);
          return next(input);
        }),
    },
  });
}

function findNamedRun([input]: readonly unknown[]): string | undefined {
  const { root } = isJsonObject(input as Json) ? (input as { readonly root?: unknown }) : {};
  return typeof root === 'string' ? root : undefined;
}

function createOtherRunError(activity: string, workflowId: string): BatonError {
  return new BatonError(
    'PERMISSION_DENIED',
    `${activity} of ${workflowId} names another run than its own. Nothing was read or done.`,
    { workflowId },
  );
}
