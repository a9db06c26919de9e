/** One tool call as a worker receives it, and its outcome. */
import { digest } from '../data/canonical-json.js';
import type { MemoryReference } from '../handoff/envelope.js';
import type { ErrorCode } from '../errors.js';
import type { Json } from '../data/json.js';
import type { ActionRequirement } from '../definitions/policy.js';
import type { Proof } from '../proof/spend.js';
import type { RunHome } from './run-home.js';
import type { OutcomeWording, ToolEffect } from '../definitions/tool.js';

export interface CallToolInput {
  readonly root: string;
  /** The worker's requirements for the step. Absent in runs of older versions. */
  readonly home?: RunHome;
  /** Names this call; also the idempotency key for the tool. */
  readonly step: string;
  readonly tool: string;
  readonly agent: string;
  /** The confidence that the call is right, as the run reports it; present if a policy uses it. */
  readonly confidence?: number;
  /** The location of the arguments: a conversation, or this object. */
  readonly call: { readonly head: string; readonly callId: string } | { readonly args: Json };
  /** `value` returns the output to the workflow; `reference` leaves it in the store. */
  readonly returns: 'value' | 'reference';
  /** For an irreversible effect with signed decisions: the proof that the worker checks before it runs the action. */
  readonly proof?: Proof;
  /** For a tool of the shared memory: the versions that the caller reads unless it asks for others. */
  readonly memory?: readonly MemoryReference[];
}

/** The outcome of a call, and the tool's effect as the worker knows it: the history alone would not show it. */
export type CallToolResult = CallToolOutcome & { readonly effect?: ToolEffect };

export type CallToolOutcome =
  | {
      readonly kind: 'done';
      readonly preview: string;
      readonly bytes: number;
      /** The first 16 hex characters of the result's digest: the same result again adds no new information. */
      readonly digest: string;
      readonly output?: Json;
      readonly memory?: readonly MemoryReference[];
    }
  /**
   * The tool rejected the call with a reason that its caller can use. The step's result in the store has the same
   * reason.
   */
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      /** The parts of the shared memory that the caller saw anyway: a conflict shows the current value. */
      readonly memory?: readonly MemoryReference[];
    }
  /** The worker does not accept the approval, so nothing was done. */
  | {
      readonly kind: 'unproven';
      readonly why: string;
      readonly message: string;
      /** The approvals that the worker's policies require. */
      readonly requires?: ActionRequirement;
      /** The exact arguments, if only the conversation has them: people are asked about these. */
      readonly args?: Json;
    }
  /** An earlier attempt started the action and left no receipt. */
  | {
      readonly kind: 'unknown-outcome';
      readonly begunAt: string;
      /** The idempotency key that the API received, if it supports one. */
      readonly key: string;
      /** The error of the attempt, if it was reported. */
      readonly why?: string;
      readonly wording?: OutcomeWording;
    };

/**
 * The name of a call's result. A call from a conversation is named by its step, which names the conversation too. A
 * call with its own arguments is also named by them: after a reset, the same step may have other arguments.
 */
export function formatResultName(step: string, call: CallToolInput['call']): string {
  return 'args' in call ? `${step}:${digest(call.args).slice(0, 16)}` : step;
}
