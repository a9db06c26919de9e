/**
 * When an approval policy applies: by an action's effect, by a rule, by the agent's confidence, or because a run can't
 * continue.
 */
import { createDefinitionError } from '../errors.js';
import type { Json } from '../data/json.js';
import type { ToolEffect, ToolRisk } from './tool.js';

/** An action, as policies see it. */
export interface ActionFacts {
  /** The agent that requests the action, or the orchestration. */
  readonly agent: string;
  readonly tool: string;
  readonly effect: ToolEffect;
  readonly risk: ToolRisk;
  readonly args: Json;
  /**
   * Confidence that the call is right, from 0 to 1: the lower of the agent's and the routing's. Absent if the agent did
   * not state it, or if no policy needs it.
   */
  readonly confidence?: number;
}

/** When a policy applies. Conditions are plain functions and data, so a workflow and a worker reach the same result. */
export type PolicyCondition =
  | { readonly on: 'irreversible-effect' }
  /** Must be pure: workflows call it too. The action's arguments fit the tool's schema. */
  | { readonly on: 'compliance'; readonly rule: (action: ActionFacts) => boolean }
  | {
      readonly on: 'low-confidence';
      readonly below: number;
      readonly risk?: readonly ToolRisk[];
      readonly trustRun?: true;
    }
  | { readonly on: 'recovery-exhausted' }
  | { readonly on: 'clarification' };

/** Applies to every irreversible action. */
export function irreversible(): PolicyCondition {
  return { on: 'irreversible-effect' };
}

/** Applies to every action that a rule matches, for example by its amount. The rule must be pure. */
export function compliance(rule: (action: ActionFacts) => boolean): PolicyCondition {
  return { on: 'compliance', rule };
}

export interface LowConfidence {
  /** From 0 to 1. If the agent did not state its confidence, the policy applies. */
  readonly below: number;
  /** Only tools with these risks. Default: every tool. */
  readonly risk?: readonly [ToolRisk, ...ToolRisk[]];
  /**
   * Lets the worker trust the confidence that the run reports, although it can't be proven. Without it, where decisions
   * are signed, the policy applies at any confidence.
   */
  readonly trustRun?: true;
}

/**
 * Applies to a call if the agent, or the routing that chose the agent, is not confident enough. The agent must state
 * its confidence with each call to which the policy could apply.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a threshold that is not above 0 and at most 1, or an unknown risk.
 */
export function lowConfidence(spec: LowConfidence): PolicyCondition {
  const { below, risk = [] } = spec;
  if (!(below > 0 && below <= 1)) {
    throw createDefinitionError(`lowConfidence: below is a number above 0 and at most 1, not ${below}.`);
  }
  const odd = risk.find((each) => !['low', 'medium', 'high'].includes(each));
  if (odd !== undefined) {
    throw createDefinitionError(`lowConfidence: a risk is low, medium or high, not ${odd}.`);
  }
  return { on: 'low-confidence', ...spec };
}

/** Applies when a task failed and recovery was exhausted: the policy names the people who decide what to do. */
export function recoveryExhausted(): PolicyCondition {
  return { on: 'recovery-exhausted' };
}

/** Applies when the sender cannot answer a receiver's question: the policy names the people who answer instead. */
export function unansweredClarification(): PolicyCondition {
  return { on: 'clarification' };
}

/** Whether a condition is about actions. The other conditions are about a run that can't continue. */
export function isOfActions({ on }: PolicyCondition): boolean {
  return on !== 'recovery-exhausted' && on !== 'clarification';
}

export function isConditionMet(when: PolicyCondition, action: ActionFacts): boolean {
  switch (when.on) {
    case 'irreversible-effect':
      return action.effect === 'irreversible';
    case 'low-confidence': {
      const { confidence, risk } = action;
      return (when.risk?.includes(risk) ?? true) && !isSure(confidence, when.below);
    }
    case 'compliance':
      return isForbiddenBy(when.rule, action);
    case 'recovery-exhausted':
    case 'clarification':
      return false;
  }
}

/**
 * An invalid confidence doesn't count. The value comes from the wire, where JSON can contain 1e999 and a text can be
 * `Infinity`.
 */
function isSure(confidence: unknown, below: number): boolean {
  return typeof confidence === 'number' && confidence >= 0 && confidence <= 1 && confidence >= below;
}

function isForbiddenBy(rule: (action: ActionFacts) => boolean, action: ActionFacts): boolean {
  try {
    return rule(action);
  } catch {
    // If a rule throws, the action may be harmful, so the policy applies.
    return true;
  }
}
