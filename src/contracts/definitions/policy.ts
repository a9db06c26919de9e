/** Approval policies: when a person is asked before something happens, and who must say yes. */
import { defined } from '../data/defined.js';
import type { RequestOption, Requirement } from '../requests/request-parts.js';
import { toRequestOptions, type DeclaredOption } from './declared-option.js';
import { createDefinitionError } from '../errors.js';
import { assertName } from '../data/names.js';
import { isConditionMet, isOfActions, type ActionFacts, type PolicyCondition } from './policy-condition.js';
import { ANYBODY, assertQuorum } from '../requests/requirement.js';
import { planWaiting, withRoles, type DecisionTimes, type WaitingPlan } from './waiting-times.js';

/** A policy as {@link approvalPolicy} defines it. */
export interface ApprovalPolicy {
  readonly kind: 'approval-policy';
  readonly name: string;
  readonly when: PolicyCondition;
  /** Names of tools; every tool without. */
  readonly tools?: readonly string[];
  readonly roles: readonly string[];
  readonly quorum: number;
  readonly notRequester: boolean;
  readonly waits?: WaitingPlan;
  readonly options?: readonly RequestOption[];
}

export interface ApprovalPolicySpecification extends DecisionTimes {
  /** Stands in the request and the history as the reason. */
  readonly name: string;
  readonly when: PolicyCondition;
  /** Only actions by these tools; every tool without. */
  readonly tools?: readonly { readonly kind: 'tool'; readonly name: string }[];
  /** Who may decide: one of these roles. Anybody of the registry without. Only signed decisions prove a role. */
  readonly roles?: readonly [string, ...string[]];
  /** How many distinct people must say yes; default 1. One who says no is enough to refuse. */
  readonly quorum?: number;
  /** Who asked for the run may not decide. Where that is not proven, nobody may. */
  readonly notRequester?: boolean;
  /** Ways to decide beside yes and no; several people must choose the same one. */
  readonly options?: readonly DeclaredOption[];
}

/**
 * Defines a policy. Of a team's policies the first that applies counts.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, an empty role, a quorum that nobody can reach, times that
 * cannot be, or tools where it does not ask about actions.
 */
export function approvalPolicy(spec: ApprovalPolicySpecification): ApprovalPolicy {
  assertName('approval policy', spec.name);
  const { name, when, roles = [], quorum = 1, notRequester = false, tools } = spec;
  assertQuorum(quorum, `approval policy ${name}`);
  if (roles.some((role) => role.trim() === '')) {
    throw createDefinitionError(`approval policy ${name}: a role has no name.`);
  }
  const ofActions = tools ?? spec.options ?? spec.onExpiry;
  if (ofActions !== undefined && !isOfActions(when)) {
    throw createDefinitionError(
      `approval policy ${name}: it is not about actions, so tools, options and onExpiry say nothing.`,
    );
  }
  const waits = planWaiting(spec, `approval policy ${name}`);
  const options = toRequestOptions(spec.options ?? [], `approval policy ${name}`);
  return Object.freeze({
    kind: 'approval-policy' as const,
    name,
    when,
    roles,
    quorum,
    notRequester,
    ...defined({ waits }),
    ...(options.length === 0 ? {} : { options }),
    ...(tools === undefined ? {} : { tools: tools.map((tool) => tool.name) }),
  });
}

/** The first policy that applies to an action; undefined where none does. */
export function findPolicy(
  policies: readonly ApprovalPolicy[],
  action: ActionFacts,
): ApprovalPolicy | undefined {
  return policies.find(
    ({ when, tools }) => (tools === undefined || tools.includes(action.tool)) && isConditionMet(when, action),
  );
}

/** Why people are asked, and who must decide: plain data, as a policy's functions never travel. */
export interface ActionRequirement {
  readonly reason: PolicyCondition['on'];
  readonly needs: Requirement;
  readonly waits?: WaitingPlan;
  /** What is offered beside yes and no. */
  readonly options?: readonly RequestOption[];
}

/** Who must say yes to an action, and why they are asked; undefined where nobody is. */
export function findActionRequirement(
  policies: readonly ApprovalPolicy[],
  action: ActionFacts,
): ActionRequirement | undefined {
  const policy = findPolicy(policies, action);
  if (policy) return toRequirement(policy);
  // What cannot be undone and has no policy needs any one person.
  return action.effect === 'irreversible' ? { reason: 'irreversible-effect', needs: ANYBODY } : undefined;
}

/** Who decides where a run is stuck; undefined where no policy says. */
export function findRequirementOn(
  policies: readonly ApprovalPolicy[],
  on: 'recovery-exhausted' | 'clarification',
): ActionRequirement | undefined {
  const policy = policies.find(({ when }) => when.on === on);
  return policy && toRequirement(policy);
}

function toRequirement({
  name,
  roles,
  quorum,
  notRequester,
  when,
  waits,
  options,
}: ApprovalPolicy): ActionRequirement {
  const needs = { policy: name, roles, quorum, notRequester };
  return {
    reason: when.on,
    needs,
    ...defined({ waits, options }),
  };
}

/** Who may ever let it happen: also those to whom it goes on. When it has gone on, no worker can prove. */
export function addEscalationRoles({ needs, waits }: ActionRequirement): Requirement {
  const more = (waits?.escalate ?? []).flatMap(({ roles }) => roles);
  return { ...needs, roles: withRoles(needs.roles, more) };
}

/** Which options are a yes to it. */
export function listApproving({ options = [] }: ActionRequirement): readonly string[] {
  return ['approve', ...options.flatMap(({ id, means }) => (means === 'approve' ? [id] : []))];
}
