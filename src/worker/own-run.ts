/**
 * Restricts activities to their own run. An activity reads and writes below the run that its input names. Anyone who can
 * schedule activities could name another run, and read its conversation or plant a result in it.
 */
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { withCode } from '../activities/runtime/failures.js';
import { defined } from '../contracts/data/defined.js';
import { isJsonObject } from '../contracts/data/json.js';
import { type BatonError, createDeniedError } from '../contracts/errors.js';
import { toRootRun } from '../contracts/proof/root.js';
import type { FindRoot } from './started-run.js';

/** @returns interceptors that fail an activity with `PERMISSION_DENIED` when its input names a run other than its own. */
export function createRunGuard(findRoot: FindRoot): ActivityInterceptorsFactory {
  return ({ info: { workflowExecution: execution, activityType } }) => ({
    inbound: {
      execute: (input, next) =>
        withCode(async () => {
          const [sent] = input.args;
          // Any value here names a run. A value that is not text counts as another run.
          if (
            isJsonObject(sent) &&
            'root' in sent &&
            (execution === undefined || sent['root'] !== toRootRun(await findRoot(execution)))
          )
            throw createOtherRunError(activityType, execution?.workflowId);
          return next(input);
        }),
    },
  });
}

function createOtherRunError(activity: string, workflowId: string | undefined): BatonError {
  return createDeniedError(
    `${activity} of ${workflowId ?? 'no run'} names another run than its own. Nothing was read or done.`,
    defined({ workflowId }),
  );
}
