/** One tool call as a worker is asked for it, and what became of it. */
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
  /** What the worker must have to take the step. Absent in runs of older versions. */
  readonly home?: RunHome;
  /** Names this very call; also the idempotency key that the tool is given. */
  readonly step: string;
  readonly tool: string;
  readonly agent: string;
  /** How sure it is that the call is right, by the run's word; present where a policy looks at it. */
  readonly confidence?: number;
  /** Where the arguments stand: in a conversation, or here. */
  readonly call: { readonly head: string; readonly callId: string } | { readonly args: Json };
  /** `value` brings the output back into the workflow; `reference` leaves it in the store. */
  readonly returns: 'value' | 'reference';
  /** For an irreversible effect where decisions are signed: what the worker checks before it carries it out. */
  readonly proof?: Proof;
  /** For a tool of the shared memory: the versions that the caller reads unless it asks for others. */
  readonly memory?: readonly MemoryReference[];
}

/** What became of a call, and what the worker knows of the tool: without it, a history alone would not say. */
export type CallToolResult = CallToolOutcome & { readonly effect?: ToolEffect };

export type CallToolOutcome =
  | {
      readonly kind: 'done';
      readonly preview: string;
      readonly bytes: number;
      /** The first 16 hex characters of the digest of the result: the same result again is nothing new. */
      readonly digest: string;
      readonly output?: Json;
      readonly memory?: readonly MemoryReference[];
    }
  /** The tool said no, in a way its caller can use: the step's result in the store says the same. */
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      /** What of the shared memory the caller has seen all the same: a conflict shows what is there. */
      readonly memory?: readonly MemoryReference[];
    }
  /** The worker does not believe that people have let it happen: nothing was done. */
  | {
      readonly kind: 'unproven';
      readonly why: string;
      readonly message: string;
      /** Whose word it takes, by the worker's own policies. */
      readonly requires?: ActionRequirement;
      /** The exact arguments, where only the conversation has them: people are asked about these. */
      readonly args?: Json;
    }
  /** An earlier attempt began the action and left no receipt. */
  | {
      readonly kind: 'unknown-outcome';
      readonly begunAt: string;
      /** The idempotency key that the other side was given, if it takes one. */
      readonly key: string;
      /** What the attempt failed with, where it lived to tell. */
      readonly why?: string;
      readonly wording?: OutcomeWording;
    };

/**
 * A call out of a conversation is named by its step, which names the conversation too. One with arguments of its own is
 * named by them as well: a reset gives its step the same name, but may have come to other arguments.
 */
export function formatResultName(step: string, call: CallToolInput['call']): string {
  return 'args' in call ? `${step}:${digest(call.args).slice(0, 16)}` : step;
}
