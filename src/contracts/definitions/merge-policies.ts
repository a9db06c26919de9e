/** Several demands on one action, of policies that know nothing of each other, as one that fulfils them all. */
import { defined } from '../data/defined.js';
import type { Requirement } from '../requests/request-parts.js';
import { createConfigError } from '../errors.js';
import { addEscalationRoles, type ActionRequirement } from './policy.js';
import type { WaitingPlan } from './waiting-times.js';

/**
 * The demand that fulfils each of these; undefined where there is none.
 *
 * @throws {BatonError} `BAD_CONFIG` where nobody could: the policies have no role in common.
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
  // To whom one of them would go on, the other may not: it goes on to nobody.
  const { escalate: _nobody, ...waits } = one.waits ?? {};
  const merged = { reason: one.reason, needs };
  return mergeExpiry(Object.keys(waits).length === 0 ? merged : { ...merged, waits }, other.waits);
}

/** It ends when the first of both ends, and as that one says; what would come later than that does not come. */
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

/** Whether whoever fulfils the one has fulfilled the other. */
function isCovered(first: ActionRequirement, second: ActionRequirement): boolean {
  const one: Requirement = addEscalationRoles(first);
  const other = second.needs;
  const narrower =
    other.roles.length === 0 ||
    (one.roles.length > 0 && one.roles.every((role) => other.roles.includes(role)));
  return narrower && one.quorum >= other.quorum && (one.notRequester || !other.notRequester);
}

/** The roles that count for both; undefined where there is none. No role at all is everybody. */
function intersectNames(one: readonly string[], other: readonly string[]): readonly string[] | undefined {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const both = one.filter((role) => other.includes(role));
  return both.length === 0 ? undefined : both;
}
