/**
 * Holds activities to the run that they are of. What an activity reads and writes lies under the run that its input
 * names; whoever may schedule activities could name another one, and read its conversation or plant a result in it.
 */
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { withCode } from '../activities/runtime/failures.js';
import { isJsonObject, type Json } from '../contracts/data/json.js';
import { BatonError } from '../contracts/errors.js';
import { toRootRun } from '../contracts/proof/root.js';
import type { FindRoot } from './started-run.js';

/** @returns interceptors that fail an activity with `PERMISSION_DENIED` whose input names another run than its own. */
export function createRunGuard(findRoot: FindRoot): ActivityInterceptorsFactory {
  return ({ info: { workflowExecution: execution, activityType } }) => ({
    inbound: {
      execute: (input, next) =>
        withCode(async () => {
          const named = findNamedRun(input.args);
          if (
            execution !== undefined &&
            named !== undefined &&
            named !== toRootRun(await findRoot(execution))
          )
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
