/** Approval policies: which actions need an approval, and who must approve them. */
import { defined } from '../data/defined.js';
import type { RequestOption, Requirement } from '../requests/request-parts.js';
import { toRequestOptions, type DeclaredOption } from './declared-option.js';
import { check } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import { assertKeys, type Keys } from '../data/known-keys.js';
import { assertName } from '../data/names.js';
import { isConditionMet, isOfActions, type ActionFacts, type PolicyCondition } from './policy-condition.js';
import { ANYBODY, assertQuorum } from '../requests/requirement.js';
import { planWaiting, withRoles, type DecisionTimes, type WaitingPlan } from './waiting-times.js';

/** A policy as {@link approvalPolicy} defines it. */
export interface ApprovalPolicy {
  readonly kind: 'approval-policy';
  readonly name: string;
  readonly when: PolicyCondition;
  /** Names of tools. Default: every tool. */
  readonly tools?: readonly string[];
  readonly roles: readonly string[];
  readonly quorum: number;
  readonly notRequester: boolean;
  readonly waits?: WaitingPlan;
  readonly options?: readonly RequestOption[];
}

export interface ApprovalPolicySpecification extends DecisionTimes {
  /** The request and the history show it as the reason. */
  readonly name: string;
  readonly when: PolicyCondition;
  /** Only actions by these tools. Default: every tool. */
  readonly tools?: readonly { readonly kind: 'tool'; readonly name: string }[];
  /** Roles that may decide. Default: anyone in the registry. Only signed decisions prove a role. */
  readonly roles?: readonly [string, ...string[]];
  /** How many different people must approve; default 1. A single rejection is enough to reject. */
  readonly quorum?: number;
  /** The requester of the run may not decide. If the requester is not proven, no one may. */
  readonly notRequester?: boolean;
  /** Options in addition to approve and reject. With a quorum, all approvers must choose the same one. */
  readonly options?: readonly DeclaredOption[];
}

const KEYS: Keys<ApprovalPolicySpecification> = {
  name: true,
  when: true,
  tools: true,
  roles: true,
  quorum: true,
  notRequester: true,
  options: true,
  deadline: true,
  remind: true,
  escalate: true,
  onExpiry: true,
};

/**
 * Defines a policy. The first matching policy of a team applies.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown option, a bad name, an empty role, an impossible quorum, invalid times, or tools on
 * a policy that is not about actions.
 */
export function approvalPolicy(spec: ApprovalPolicySpecification): ApprovalPolicy {
  const { name, when, roles = [], quorum = 1, notRequester = false, tools } = spec;
  check(
    () => assertName('approval policy', name),
    () => assertKeys(`approval policy ${name}`, spec, KEYS),
    () => assertQuorum(quorum, `approval policy ${name}`),
    () => assertRoles(name, roles),
    () => assertOfActions(spec),
  );
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

function assertRoles(policy: string, roles: readonly string[]): void {
  if (roles.some((role) => role.trim() === ''))
    throw createDefinitionError(`approval policy ${policy}: a role has no name.`);
}

function assertOfActions({ name, when, tools, options, onExpiry }: ApprovalPolicySpecification): void {
  if ((tools ?? options ?? onExpiry) === undefined || isOfActions(when)) return;
  throw createDefinitionError(
    `approval policy ${name}: it is not about actions, so tools, options and onExpiry say nothing.`,
  );
}

/** The first policy that applies to an action; undefined if none does. */
export function findPolicy(
  policies: readonly ApprovalPolicy[],
  action: ActionFacts,
): ApprovalPolicy | undefined {
  return policies.find(
    ({ when, tools }) => (tools === undefined || tools.includes(action.tool)) && isConditionMet(when, action),
  );
}

/** Why an approval is required, and who must approve. Plain data: a policy's functions never travel. */
export interface ActionRequirement {
  readonly reason: PolicyCondition['on'];
  readonly needs: Requirement;
  readonly waits?: WaitingPlan;
  /** Options in addition to approve and reject. */
  readonly options?: readonly RequestOption[];
}

/** The approvers of an action, and the reason; undefined if it needs no approval. */
export function findActionRequirement(
  policies: readonly ApprovalPolicy[],
  action: ActionFacts,
): ActionRequirement | undefined {
  const policy = findPolicy(policies, action);
  if (policy) return toRequirement(policy);
  // An irreversible action without a policy needs one approval from anyone.
  return action.effect === 'irreversible' ? { reason: 'irreversible-effect', needs: ANYBODY } : undefined;
}

/** The approvers when a run can't continue; undefined if no policy says so. */
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

/**
 * All roles that can ever approve, those of the escalation included. A worker can't prove when an escalation happened.
 */
export function addEscalationRoles({ needs, waits }: ActionRequirement): Requirement {
  const more = (waits?.escalate ?? []).flatMap(({ roles }) => roles);
  return { ...needs, roles: withRoles(needs.roles, more) };
}

/** The options that approve the action. */
export function listApproving({ options = [] }: ActionRequirement): readonly string[] {
  return ['approve', ...options.flatMap(({ id, means }) => (means === 'approve' ? [id] : []))];
}
