/** How this worker has decisions proven: its own registry of approvers and its own policies, whatever a workflow says. */
import type { RootRun } from '../../contracts/proof/claims.js';
import type { ApprovalMode, ApproverRegistry } from '../../contracts/proof/approver.js';
import { readRequester, type SentToken, type StartedAs } from '../../contracts/proof/requester.js';
import { findActionRequirement, type ActionRequirement } from '../../contracts/definitions/policy.js';
import type { ActionFacts } from '../../contracts/definitions/policy-condition.js';
import { isAttempt } from '../../contracts/proof/attempt.js';
import { defined } from '../../contracts/data/defined.js';
import type { BatonError } from '../../contracts/errors.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import { assertNotRevoked, createUnprovenError, type Signer } from '../../contracts/proof/signer.js';

/** A workflow as the server names it: one of a run's, or a child agent of it. */
export interface Execution {
  readonly workflowId: string;
  readonly runId: string;
}

/** A run as the server tells of it, with the tokens that say who asked for it. */
export interface RequestedRun extends StartedAs {
  readonly tokens: readonly SentToken[];
}

/** What the activities ask about approvals. */
export interface Approvals {
  /** The registry as it is now. */
  mode(): Promise<ApprovalMode>;
  /** What this worker itself demands before it carries an action out; undefined where it asks for nobody. */
  requirementOf(action: ActionFacts): ActionRequirement | undefined;
  /** Whom an agent's call is asked about by, in a run that says it is of this team. */
  askedOf(action: ActionFacts, team: string | undefined): ActionRequirement | undefined;
  /** Whether a policy looks at how sure an agent is of a call, in a run that says it is of this team. */
  weighs(tool: ToolDefinition, team: string | undefined): boolean;
  /** The run that a workflow is part of, as the server says: the workflow itself could name any. */
  rootOf(execution: Execution): Promise<RootRun>;
  /** What the server tells of how a run was asked for. */
  requestOf(run: RootRun): Promise<RequestedRun>;
}

/** Nobody is proven: for a server on this machine. */
export const UNAUTHENTICATED: Approvals = {
  mode: () => Promise.resolve({ mode: 'unauthenticated' }),
  requirementOf: (action) => findActionRequirement([], action),
  askedOf: (action) => findActionRequirement([], action),
  weighs: () => false,
  rootOf: () => Promise.reject(new Error('Nobody asks whose workflow it is where nothing is proven.')),
  requestOf: () => Promise.reject(new Error('Nobody asks who wanted a run where nothing is proven.')),
};

/**
 * The run that asks, when it is the one that it says it is.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export async function assertAsking(
  approvals: Approvals,
  execution: Execution | undefined,
  { workflowId, firstExecutionRunId }: RootRun,
): Promise<RootRun> {
  const real = execution && (await approvals.rootOf(execution));
  if (real?.workflowId === workflowId && real.firstExecutionRunId === firstExecutionRunId) return real;
  throw createUnprovenError(
    'other-run',
    `The workflow ${execution?.workflowId ?? 'without a name'} is no part of run ${workflowId} (${firstExecutionRunId}), as the server tells it.`,
  );
}

/** Who asked for a run, or why that is not proven; neither where no token says so. */
export interface FoundRequester {
  readonly requester?: Signer;
  readonly problem?: BatonError;
}

/** Who asked for a run: the first whose token counts. */
export async function findRequester(
  approvals: Approvals,
  registry: ApproverRegistry,
  root: RootRun,
): Promise<FoundRequester> {
  const run = await approvals.requestOf(root);
  let problem: BatonError | undefined;
  for (const token of run.tokens) {
    try {
      const requester = readRequester(token, run, registry);
      assertNotRevoked(registry, requester, Date.now());
      return { requester };
    } catch (error) {
      if (!isAttempt(error)) throw error;
      problem ??= error;
    }
  }
  return defined({ problem });
}
