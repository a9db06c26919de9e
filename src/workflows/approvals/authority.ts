/** By what the decisions on a request are proven: asked of a worker when the request opens, and recorded. */
import { proxyLocalActivities } from '@temporalio/workflow';
import type { BatonActivities } from '../../contracts/wire/activities.js';
import { fromFailure } from '../runtime/failures.js';
import type { Run } from '../runtime/run.js';
import type { Authority } from '../requests/decider.js';

/** A registry that cannot be read is waited for: a run does not go on without knowing who may decide. */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

export async function readAuthority(run: Pick<Run, 'note' | 'rootRun'>, path: string): Promise<Authority> {
  const { readApprovers } = proxyLocalActivities<BatonActivities>({
    startToCloseTimeout: '30s',
    retry: RETRY,
  });
  try {
    const told = await readApprovers({ path, run: run.rootRun });
    if (told.requesterProblem !== undefined) {
      run.note(`Who asked for this run is not proven: ${told.requesterProblem}`, 'DECISION_UNPROVEN');
    }
    const { approvals, notices = [] } = told;
    const asker = told.requester === undefined ? undefined : { subject: told.requester };
    return { approvals, requester: asker, notices };
  } catch (error) {
    throw fromFailure(error);
  }
}
