/**
 * Holds activities to the run that they are of. What an activity reads and writes lies under the run that its input
 * names; whoever may schedule activities could name another one, and read its conversation or plant a result in it.
 */
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { withCode } from '../activities/runtime/failures.js';
import { defined } from '../contracts/data/defined.js';
import { isJsonObject } from '../contracts/data/json.js';
import { type BatonError, createDeniedError } from '../contracts/errors.js';
import { toRootRun } from '../contracts/proof/root.js';
import type { FindRoot } from './started-run.js';

/** @returns interceptors that fail an activity with `PERMISSION_DENIED` whose input names another run than its own. */
export function createRunGuard(findRoot: FindRoot): ActivityInterceptorsFactory {
  return ({ info: { workflowExecution: execution, activityType } }) => ({
    inbound: {
      execute: (input, next) =>
        withCode(async () => {
          const [sent] = input.args;
          // Whatever stands there names a run: what is no text names another one than any.
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
