/** When an approval policy asks: by what an action does, by a rule, by how sure its agent is, or because a run is stuck. */
import { createDefinitionError } from '../errors.js';
import type { Json } from '../data/json.js';
import type { ToolEffect, ToolRisk } from './tool.js';

/** An action as policies look at it. */
export interface ActionFacts {
  /** Who wants it: an agent, or the orchestration. */
  readonly agent: string;
  readonly tool: string;
  readonly effect: ToolEffect;
  readonly risk: ToolRisk;
  readonly args: Json;
  /**
   * How sure it is that the call is right, from 0 to 1: the least of what its agent says of the call and of how sure the
   * routing was that gave the agent its task. Absent where the agent has not said, or nobody needs to know.
   */
  readonly confidence?: number;
}

/** When a policy asks. Conditions are plain functions and data; a workflow and a worker come to the same answer. */
export type PolicyCondition =
  | { readonly on: 'irreversible-effect' }
  /** Pure: it is asked in workflows too. Its arguments fit the tool's schema. */
  | { readonly on: 'compliance'; readonly rule: (action: ActionFacts) => boolean }
  | {
      readonly on: 'low-confidence';
      readonly below: number;
      readonly risk?: readonly ToolRisk[];
      readonly trustRun?: true;
    }
  | { readonly on: 'recovery-exhausted' }
  | { readonly on: 'clarification' };

/** Whatever cannot be undone. */
export function irreversible(): PolicyCondition {
  return { on: 'irreversible-effect' };
}

/** Whatever a rule of the house applies to, e.g. an amount. The rule must be pure. */
export function compliance(rule: (action: ActionFacts) => boolean): PolicyCondition {
  return { on: 'compliance', rule };
}

export interface LowConfidence {
  /** From 0 to 1. Where nobody has said how sure they are, it applies. */
  readonly below: number;
  /** Only tools of these risks; every tool without. */
  readonly risk?: readonly [ToolRisk, ...ToolRisk[]];
  /**
   * Lets the worker that carries the action out take the run's word for the confidence, which nobody can prove. Without
   * it, where decisions are signed, the policy applies however sure the agent is.
   */
  readonly trustRun?: true;
}

/**
 * A call that its agent, or the routing that gave the agent its task, is not sure enough of. The agent is asked for it
 * with each call that the policy could apply to.
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

/** A task that failed, and that nothing that is declared has mended: who is asked what is to be done. */
export function recoveryExhausted(): PolicyCondition {
  return { on: 'recovery-exhausted' };
}

/** A receiver's question that whoever handed the task off cannot answer: who is asked instead. */
export function unansweredClarification(): PolicyCondition {
  return { on: 'clarification' };
}

/** Whether a condition is about actions; the others are about a run that is stuck. */
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

/** What is no confidence says nothing: it comes over the wire, where JSON has 1e999 and a text can be `Infinity`. */
function isSure(confidence: unknown, below: number): boolean {
  return typeof confidence === 'number' && confidence >= 0 && confidence <= 1 && confidence >= below;
}

function isForbiddenBy(rule: (action: ActionFacts) => boolean, action: ActionFacts): boolean {
  try {
    return rule(action);
  } catch {
    // A rule that cannot say that an action is harmless has not said so.
    return true;
  }
}
