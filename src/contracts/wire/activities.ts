/**
 * What the workflow asks of the outside. Inputs and results hold ids, heads and short previews; texts stay in the
 * store, so that a workflow's history does not grow with the square of its conversation.
 */
import type { ContextManifest } from '../handoff/context-manifest.js';
import type { Cost } from '../definitions/cost.js';
import type { Confidence } from '../definitions/confidence.js';
import type { SenderSummary, TaskDescription } from '../handoff/envelope.js';
import type { ErrorCode } from '../errors.js';
import type { Json } from '../data/json.js';
import type { NotifyInput, NotifyResult } from '../requests/notice.js';
import type { Sureness } from '../handoff/nearest.js';
import type { ActionRequirement } from '../definitions/policy.js';
import type { Approvers, ReadApproversInput } from '../proof/authority.js';
import type { Idempotency, ToolEffect } from '../definitions/tool.js';
import type { RunHome } from './run-home.js';
import type { Told } from './timeline.js';
import type { CallToolInput, CallToolResult } from './tool-call.js';
import type { CallModelInput, Entry } from './model-call.js';
import type { Usage } from '../handoff/messages.js';

/** A tool call that the runtime is to carry out. Its arguments stand in the conversation, at the turn's head. */
export interface RequestedCall {
  readonly callId: string;
  readonly tool: string;
  readonly effect: ToolEffect;
  /** What the caller must hold. */
  readonly permission?: string;
  readonly timeoutSeconds: number;
  /** What a person, or a list, is shown of the arguments. */
  readonly preview: string;
  /** Who must let it happen, by the worker's policies over the arguments; absent where nobody is asked. */
  readonly requires?: ActionRequirement;
  /** How sure it is that the call is right; present where a policy looks at it. */
  readonly confidence?: Confidence;
  /** The exact arguments, where people are asked: they approve these. */
  readonly args?: Json;
  /** For a tool whose effect is irreversible: what the other side does with a repeat. */
  readonly idempotency?: Idempotency;
  /** What the tool gives is what outsiders wrote. */
  readonly untrusted?: true;
}

/** A handoff that an agent asked for; its payload fits the contract. */
export interface HandoffMove {
  readonly kind: 'handoff';
  readonly to: string;
  /** As `name@version`. */
  readonly contract: string;
  readonly schema: string;
  readonly payload: Json;
  readonly task: TaskDescription;
  readonly summary: SenderSummary;
  /** The call that asked for it, to be answered if the sender has to go on. */
  readonly callId: string;
  /** What else must be answered then. */
  readonly entries: readonly Entry[];
}

/** What an agent's answer amounts to. */
export type Move =
  | { readonly kind: 'finish'; readonly output: Json; readonly preview: string }
  | { readonly kind: 'tools'; readonly calls: readonly RequestedCall[]; readonly refused: readonly Entry[] }
  | HandoffMove
  /** Several at once, over contracts that allow it: they run in parallel, and their results come back. */
  | {
      readonly kind: 'fan-out';
      readonly handoffs: readonly HandoffMove[];
      readonly entries: readonly Entry[];
    }
  /** It took the task on and did nothing else yet. */
  | { readonly kind: 'acknowledged'; readonly entries: readonly Entry[] }
  | {
      readonly kind: 'clarify';
      readonly questions: readonly string[];
      readonly callId: string;
      readonly entries: readonly Entry[];
    }
  /** Before the model can be asked, this conversation must be summarised: what it is shown of it does not fit. */
  | { readonly kind: 'needs-summary'; readonly of: string; readonly maxTokens: number }
  | { readonly kind: 'decline'; readonly reason: string; readonly code?: ErrorCode }
  | { readonly kind: 'misrouted'; readonly to: string; readonly reason: string }
  | { readonly kind: 'repair'; readonly problem: string; readonly entries: readonly Entry[] };

export interface CallModelResult {
  readonly head: string;
  readonly move: Move;
  readonly usage: Usage;
  readonly model: string;
  readonly offline: boolean;
  /** Present where the configuration has a price for the model, or no provider was asked. */
  readonly cost?: Cost;
  /** What the agent was given to read, when its work began with this turn. */
  readonly manifest?: ContextManifest;
  /** The required items that the agent named, once it has taken the task on by this answer. */
  readonly acknowledged?: readonly string[];
  /** The model was not asked: what came could not be taken on, or the answer follows from it. */
  readonly unasked?: true;
}

export interface ScoreDestinationsInput {
  readonly home?: RunHome;
  /** Where in the run it is asked. */
  readonly path: string;
  /** The name of a configured model. */
  readonly model: string;
  readonly text: string;
  readonly destinations: readonly { readonly name: string; readonly text: string }[];
  /** From when on a score decides: nothing that scores need, but the history then tells what was decided. */
  readonly sureness: Sureness;
}

export interface ScoreDestinationsResult {
  /** By destination, from 0 to 1. */
  readonly scores: Readonly<Record<string, number>>;
  /** How they were made, e.g. "cosine of text-embedding-3-small", or that no provider was asked. */
  readonly method: string;
}

export interface SummarizeContextInput {
  readonly root: string;
  readonly home?: RunHome;
  /** Where in the run it is needed. */
  readonly path: string;
  /** The conversation. */
  readonly head: string;
  /** For whom: the summary is made by this agent's model. */
  readonly agent: string;
  /** The run's team: where another agent takes over, its model is not waited for so long. */
  readonly team?: string;
  /** How long it may be. */
  readonly maxTokens: number;
}

export interface SummarizeContextResult {
  readonly tokens: number;
  /** Who made it; `extract` where it was made of the conversation's own sentences. */
  readonly model: string;
  /** What making it took; nothing where it was there already. */
  readonly usage: Usage;
  /** Present where the configuration has a price for the model. */
  readonly cost?: Cost;
}

/**
 * The activities that a Baton worker serves, by the names under which they stand in a history. What `told` holds is for
 * those who read the history: a worker does nothing with it.
 */
export interface BatonActivities {
  /** Asks an agent's model for its next answer. The answer is kept under the turn's key before it is returned. */
  callModel(input: CallModelInput, told?: readonly Told[]): Promise<CallModelResult>;
  /** Carries out one tool call. An irreversible one leaves an intent before and a receipt after. */
  callTool(input: CallToolInput, told?: readonly Told[]): Promise<CallToolResult>;
  /** Tells people of a request by one of the worker's channels; scheduled only where it has any. */
  notify(input: NotifyInput): Promise<NotifyResult>;
  /** Reads who may decide. A local activity: what it gave stands in the history as a marker. */
  readApprovers(input: ReadApproversInput): Promise<Approvers>;
  /** Tells what the steps of a run that begins here need of a worker. A local activity, once a run. */
  readHome(): Promise<RunHome>;
  /** Tells how close a text is to the descriptions of destinations. */
  scoreDestinations(input: ScoreDestinationsInput, told?: readonly Told[]): Promise<ScoreDestinationsResult>;
  /** Summarises a conversation, once for each head and length; the text stays in the store. */
  summarizeContext(input: SummarizeContextInput, told?: readonly Told[]): Promise<SummarizeContextResult>;
}
