/** The activity `readApprovers`: how decisions are verified, according to this worker's current registry. */
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
        // A run that is not what it claims to be has no requester. The problem is reported and does not stop the run.
        if (!isAttempt(error)) throw error;
        return { ...told, requesterProblem: error.message };
      }
    });
}

/** Waits for a file that is being written or is missing, because failing the run would not help. */
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
