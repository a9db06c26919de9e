/** Merges the requirements of independent policies on one action into one that satisfies all of them. */
import { defined } from '../data/defined.js';
import type { Requirement } from '../requests/request-parts.js';
import { createConfigError } from '../errors.js';
import { addEscalationRoles, type ActionRequirement } from './policy.js';
import type { WaitingPlan } from './waiting-times.js';

/**
 * The requirement that satisfies all of these; undefined if nothing is required.
 *
 * @throws {BatonError} `BAD_CONFIG` if no one could satisfy it: the policies have no role in common.
 */
export function mergeRequirements(
  tool: string,
  demands: readonly (ActionRequirement | undefined)[],
): ActionRequirement | undefined {
  const [first, ...others] = demands.filter((each) => each !== undefined);
  return first && others.reduce((before, next) => mergeTwo(tool, before, next), first);
}

function mergeTwo(tool: string, one: ActionRequirement, other: ActionRequirement): ActionRequirement {
  if (isCovered(one, other)) return mergeExpiry(one, other.waits);
  if (isCovered(other, one)) return mergeExpiry(other, one.waits);
  const policy = [...new Set([one.needs.policy, other.needs.policy])].filter((name) => name).join(' + ');
  const roles = intersectNames(one.needs.roles, other.needs.roles);
  if (roles === undefined) {
    throw createConfigError(
      `The policies ${policy} both apply to ${tool}, and no role may decide by both: ${one.needs.roles.join(', ')}; ${other.needs.roles.join(', ')}. Say who decides with approvals.policies in the configuration.`,
      { tool, policy },
    );
  }
  const needs = {
    policy,
    roles,
    quorum: Math.max(one.needs.quorum, other.needs.quorum),
    notRequester: one.needs.notRequester || other.needs.notRequester,
  };
  // One policy's escalation may reach people whom the other doesn't allow, so the merged request doesn't escalate.
  const { escalate: _nobody, ...waits } = one.waits ?? {};
  const merged = { reason: one.reason, needs };
  return mergeExpiry(Object.keys(waits).length === 0 ? merged : { ...merged, waits }, other.waits);
}

/** The earlier deadline applies, with its own effect. Anything scheduled after it is dropped. */
function mergeExpiry(one: ActionRequirement, other: WaitingPlan | undefined): ActionRequirement {
  const { deadlineMs, onExpiry } = other ?? {};
  const { deadlineMs: own = Infinity, onExpiry: _end, escalate = [], remindMs, ...waits } = one.waits ?? {};
  if (deadlineMs === undefined || deadlineMs >= own) return one;
  const steps = escalate.filter(({ afterMs }) => afterMs < deadlineMs);
  return {
    ...one,
    waits: {
      ...waits,
      deadlineMs,
      ...defined({ onExpiry }),
      ...(remindMs === undefined || remindMs >= deadlineMs ? {} : { remindMs }),
      ...(steps.length === 0 ? {} : { escalate: steps }),
    },
  };
}

/** Whether satisfying `first` also satisfies `second`. */
function isCovered(first: ActionRequirement, second: ActionRequirement): boolean {
  const one: Requirement = addEscalationRoles(first);
  const other = second.needs;
  const narrower =
    other.roles.length === 0 ||
    (one.roles.length > 0 && one.roles.every((role) => other.roles.includes(role)));
  return narrower && one.quorum >= other.quorum && (one.notRequester || !other.notRequester);
}

/** The roles that both lists allow; undefined if they share no role. An empty list allows everyone. */
function intersectNames(one: readonly string[], other: readonly string[]): readonly string[] | undefined {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const both = one.filter((role) => other.includes(role));
  return both.length === 0 ? undefined : both;
}
