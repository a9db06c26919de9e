/**
 * How this worker verifies decisions: by its own registry of approvers and its own policies, regardless of what a workflow
 * claims.
 */
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

/** A workflow as the server names it: a run's workflow, or one of its child agents. */
export interface Execution {
  readonly workflowId: string;
  readonly runId: string;
}

/** A run as the server describes it, with the tokens that say who requested it. */
export interface RequestedRun extends StartedAs {
  readonly tokens: readonly SentToken[];
}

/** The approval checks that the activities use. */
export interface Approvals {
  /** The current registry. */
  mode(): Promise<ApprovalMode>;
  /** This worker's demand before it carries out an action; undefined when it requires no approval. */
  requirementOf(action: ActionFacts): ActionRequirement | undefined;
  /** The approvers of an agent's call, in a run that claims to belong to this team. */
  askedOf(action: ActionFacts, team: string | undefined): ActionRequirement | undefined;
  /** Whether a policy considers an agent's confidence in a call, in a run that claims to belong to this team. */
  weighs(tool: ToolDefinition, team: string | undefined): boolean;
  /** The run that a workflow belongs to, according to the server. The workflow itself could name any run. */
  rootOf(execution: Execution): Promise<RootRun>;
  /** The server's information about how a run was requested. */
  requestOf(run: RootRun): Promise<RequestedRun>;
}

/** Verifies nothing: for a server on this machine. */
export const UNAUTHENTICATED: Approvals = {
  mode: () => Promise.resolve({ mode: 'unauthenticated' }),
  requirementOf: (action) => findActionRequirement([], action),
  askedOf: (action) => findActionRequirement([], action),
  weighs: () => false,
  rootOf: () => Promise.reject(new Error('Nobody asks whose workflow it is where nothing is proven.')),
  requestOf: () => Promise.reject(new Error('Nobody asks who wanted a run where nothing is proven.')),
};

/**
 * The calling run, if it is the one that it claims to be.
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
    `The workflow ${execution?.workflowId ?? 'without a name'} is not part of run ${workflowId} (${firstExecutionRunId}), as the server tells it.`,
  );
}

/** The requester of a run, or why none is proven. Neither is set when no token names a requester. */
export interface FoundRequester {
  readonly requester?: Signer;
  readonly problem?: BatonError;
}

/** The requester of a run: the first person whose token is valid. */
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
