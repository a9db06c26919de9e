/** The activity `readApprovers`: by what decisions are proven, as this worker's registry says now. */
import { defined } from '../contracts/data/defined.js';
import type { RootRun } from '../contracts/proof/claims.js';
import { activityInfo } from '@temporalio/activity';
import type { ApprovalMode } from '../contracts/proof/approver.js';
import type { Approvers, ReadApproversInput } from '../contracts/proof/authority.js';
import { isAttempt } from '../contracts/proof/attempt.js';
import { assertAsking, findRequester, type Approvals } from './approvals/approvals.js';
import { withCode, createFailure } from './runtime/failures.js';
import type { Registry } from './registry/registry.js';

export function createReadApprovers({ approvals, notifiers }: Pick<Registry, 'approvals' | 'notifiers'>) {
  return ({ run }: ReadApproversInput): Promise<Approvers> =>
    withCode(async () => {
      const mode = await readMode(approvals);
      const notices = [...notifiers.values()].map(({ name, events }) => ({ name, ...defined({ events }) }));
      const told = { approvals: mode, ...(notices.length === 0 ? {} : { notices }) };
      try {
        return { ...told, ...(await readRequester(approvals, mode, run)) };
      } catch (error) {
        // A run that is not what it says has no requester; that is told, and does not stop it.
        if (!isAttempt(error)) throw error;
        return { ...told, requesterProblem: error.message };
      }
    });
}

/** A file that is just being written, or was lost, is waited for: failing the run would help nobody. */
async function readMode(approvals: Approvals): Promise<ApprovalMode> {
  try {
    return await approvals.mode();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw createFailure('BAD_CONFIG', why, { retryable: true });
  }
}

async function readRequester(
  approvals: Approvals,
  mode: ApprovalMode,
  named: RootRun,
): Promise<Pick<Approvers, 'requester' | 'requesterProblem'>> {
  if (mode.mode === 'unauthenticated') return {};
  const run = await assertAsking(approvals, activityInfo().workflowExecution, named);
  const { requester, problem } = await findRequester(approvals, mode.registry, run);
  return defined({ requester: requester?.subject, requesterProblem: problem?.message });
}
