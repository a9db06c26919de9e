/** How this worker has decisions proven: its own registry of approvers and its own policies, whatever a workflow says. */
import type { ApprovalMode } from '../contracts/proof/approver.js';
import { readRequester } from '../contracts/proof/requester.js';
import { requirementFor, type ActionFacts, type ActionRequirement } from '../contracts/policy.js';
import type { Requester } from '../contracts/proof/eligible.js';
import type { RequesterToken, RootRun } from '../contracts/proof/root.js';
import { assertNotRevoked } from '../contracts/proof/signer.js';

/** What the activities ask about approvals. */
export interface Approvals {
  /** The registry as it is now. */
  mode(): Promise<ApprovalMode>;
  /** What this worker itself demands before it carries an action out; undefined where it asks for nobody. */
  requirementOf(action: ActionFacts): ActionRequirement | undefined;
  /** When a run started, as the server says, in milliseconds since 1970. */
  startedAt(run: RootRun): Promise<number>;
}

/** Nobody is proven: for a server on this machine. */
export const UNAUTHENTICATED: Approvals = {
  mode: () => Promise.resolve({ mode: 'unauthenticated' }),
  requirementOf: (action) => requirementFor([], action),
  startedAt: () => Promise.reject(new Error('Nobody asks when a run started where nothing is proven.')),
};

/**
 * Who asked for a run; undefined where no token says so.
 *
 * @throws {BatonError} `DECISION_UNPROVEN` where the token does not count.
 */
export async function requesterOf(
  approvals: Approvals,
  mode: ApprovalMode,
  run: RootRun,
  token: (Omit<RequesterToken, 'input'> & Partial<RequesterToken>) | undefined,
): Promise<Requester> {
  if (mode.mode === 'unauthenticated' || token === undefined) return undefined;
  const startedAt = await approvals.startedAt(run);
  const { workflowId } = run;
  const input = token.input === undefined ? {} : { input: token.input };
  const requester = readRequester(token.jws, { workflowId, startedAt, ...input }, mode.registry);
  assertNotRevoked(mode.registry, requester, Date.now());
  return requester;
}
