/**
 * The activities that a workflow calls. Inputs and results contain ids, heads and short previews. Texts stay in the
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

/** A tool call that the runtime should run. Its arguments are in the conversation, at the turn's head. */
export interface RequestedCall {
  readonly callId: string;
  readonly tool: string;
  readonly effect: ToolEffect;
  /** The permission that the caller needs. */
  readonly permission?: string;
  readonly timeoutSeconds: number;
  /** The preview of the arguments for people and lists. */
  readonly preview: string;
  /** The call's title, if an approval is required and the tool has one. */
  readonly title?: string;
  /** The approvals that the worker's policies require for these arguments; absent if none is required. */
  readonly requires?: ActionRequirement;
  /** The confidence that the call is right; present if a policy uses it. */
  readonly confidence?: Confidence;
  /** The exact arguments, if an approval is required: people approve these. */
  readonly args?: Json;
  /** For an irreversible tool: what the API does with a repeat. */
  readonly idempotency?: Idempotency;
  /** Outsiders wrote the tool's output. */
  readonly untrusted?: true;
}

/** A handoff that an agent asked for; its payload fits the contract. */
export interface HandoffMove {
  readonly kind: 'handoff';
  readonly to: string;
  /** In the form `name@version`. */
  readonly contract: string;
  readonly schema: string;
  readonly payload: Json;
  readonly task: TaskDescription;
  readonly summary: SenderSummary;
  /** The call that asked for the handoff. It gets a result if the sender must continue. */
  readonly callId: string;
  /** The other calls that then need a result. */
  readonly entries: readonly Entry[];
}

/** The meaning of an agent's answer. */
export type Move =
  | { readonly kind: 'finish'; readonly output: Json; readonly preview: string }
  | { readonly kind: 'tools'; readonly calls: readonly RequestedCall[]; readonly refused: readonly Entry[] }
  | HandoffMove
  /** Several handoffs at once, over contracts that allow it: they run in parallel, and their results return. */
  | {
      readonly kind: 'fan-out';
      readonly handoffs: readonly HandoffMove[];
      readonly entries: readonly Entry[];
    }
  /** The agent accepted the task and did nothing else yet. */
  | { readonly kind: 'acknowledged'; readonly entries: readonly Entry[] }
  | {
      readonly kind: 'clarify';
      readonly questions: readonly string[];
      readonly callId: string;
      readonly entries: readonly Entry[];
    }
  /** The conversation is too long for the model, so it must be summarized before the call. */
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
  /** Present if the configuration has a price for the model, or if no provider was called. */
  readonly cost?: Cost;
  /** The agent's context, if its work started with this turn. */
  readonly manifest?: ContextManifest;
  /** The required items that the agent named, if this answer accepted the task. */
  readonly acknowledged?: readonly string[];
  /** The model was not called: the task could not be accepted, or the answer was already determined. */
  readonly unasked?: true;
}

export interface ScoreDestinationsInput {
  readonly home?: RunHome;
  /** The step that calls it. */
  readonly path: string;
  /** The name of a configured model. */
  readonly model: string;
  readonly text: string;
  readonly destinations: readonly { readonly name: string; readonly text: string }[];
  /** The thresholds for a decision. The scores don't depend on them, but with them the history shows the decision. */
  readonly sureness: Sureness;
}

export interface ScoreDestinationsResult {
  /** By destination, from 0 to 1. */
  readonly scores: Readonly<Record<string, number>>;
  /** How the scores were made, e.g. "cosine of text-embedding-3-small", or that no provider was called. */
  readonly method: string;
}

export interface SummarizeContextInput {
  readonly root: string;
  readonly home?: RunHome;
  /** The step that needs it. */
  readonly path: string;
  /** The conversation. */
  readonly head: string;
  /** The agent that needs the summary; its model writes it. */
  readonly agent: string;
  /** The run's team. If another agent replaces this one on failure, the model gets less time. */
  readonly team?: string;
  /** The maximum length. */
  readonly maxTokens: number;
}

export interface SummarizeContextResult {
  readonly tokens: number;
  /** The model that wrote it; `extract` if it consists of sentences of the conversation. */
  readonly model: string;
  /** The usage of this summary; zero if it already existed. */
  readonly usage: Usage;
  /** Present if the configuration has a price for the model. */
  readonly cost?: Cost;
}

/**
 * The activities of a Baton worker, by their names in histories. `told` is only for readers of the history: a worker
 * ignores it.
 */
export interface BatonActivities {
  /** Calls an agent's model for its next answer. The answer is stored under the turn's key before it is returned. */
  callModel(input: CallModelInput, told?: readonly Told[]): Promise<CallModelResult>;
  /** Runs one tool call. An irreversible one stores an intent before and a receipt after. */
  callTool(input: CallToolInput, told?: readonly Told[]): Promise<CallToolResult>;
  /** Sends a notice about a request over one of the worker's channels; scheduled only if the worker has channels. */
  notify(input: NotifyInput): Promise<NotifyResult>;
  /** Reads the registry of approvers. A local activity: its result is in the history as a marker. */
  readApprovers(input: ReadApproversInput): Promise<Approvers>;
  /** Reads the requirements that the steps of a new run have for a worker. A local activity, once per run. */
  readHome(): Promise<RunHome>;
  /** Scores how close a text is to the descriptions of destinations. */
  scoreDestinations(input: ScoreDestinationsInput, told?: readonly Told[]): Promise<ScoreDestinationsResult>;
  /** Summarizes a conversation, once for each head and length; the text stays in the store. */
  summarizeContext(input: SummarizeContextInput, told?: readonly Told[]): Promise<SummarizeContextResult>;
}
