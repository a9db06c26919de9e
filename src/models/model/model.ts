/**
 * The one interface between Baton and whatever writes text: a provider over HTTP, the offline algorithms, or a
 * script in a test. One call of `generate` is one request; it never retries, since Temporal does.
 */
import { findUnhashable, toHashableJson } from '../../contracts/data/hashable-json.js';
import type { Json } from '../../contracts/data/json.js';
import type { Message, ToolCall, Usage } from '../../contracts/handoff/messages.js';

/** A tool as a model sees it. `parameters` is a JSON Schema of an object. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly parameters: Json;
}

/** Everything a model is told for one answer. */
export interface ModelRequest {
  /** The agent that asks; offline and scripted models choose their answer by it. */
  readonly agent: string;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Present when the agent has an output schema: the final answer is JSON that fits it. */
  readonly output?: { readonly name: string; readonly schema: Json };
  /** The task's input as data, for models that are algorithms; providers ignore it (it stands in `messages`). */
  readonly input: Json;
  /**
   * Present while the agent has not taken its task on: what it must name, as `name@version`. The tools to say so are
   * among `tools`; this is for models that are algorithms.
   */
  readonly handoff?: {
    readonly items: readonly string[];
    /** Nothing is carried out beside the acceptance: the transition grants permissions. */
    readonly alone: boolean;
  };
  /** Present when a receiver asks before it takes over: the answer is one for each, or null where it is not known. */
  readonly questions?: readonly string[];
}

/** Why the model stopped. Anything but `stop` and `tools` has a rule of its own. */
export type FinishReason = 'stop' | 'tools' | 'length' | 'content-filter' | 'refusal';

/** One answer of a model, in a form that belongs to no provider. */
export interface ModelResponse {
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: FinishReason;
  readonly usage: Usage;
  /** The model that answered, as the provider names it. */
  readonly model: string;
}

/** Whatever writes text. An implementation keeps nothing between calls: another worker may make the next one. */
export interface Model {
  /** The model's name as configured, e.g. `gpt-5-mini`, or `offline`. */
  readonly name: string;
  /** True when no provider is asked: every screen says so. */
  readonly offline: boolean;
  /** True for what answers only because no provider is named: nobody asked for it, so a worker does not start with it. */
  readonly isFallback?: true;
  /** How many tokens it reads and writes together, where that is known: a receiver's context is fitted into it. */
  readonly contextTokens?: number;
  /**
   * Asks for one answer.
   *
   * @throws {ModelError} for every failure of the provider, with the rule that applies to it.
   */
  generate(request: ModelRequest, options: { readonly signal: AbortSignal }): Promise<ModelResponse>;
  /**
   * Asks for the embeddings of texts, one vector each, in their order; absent where there are none to be had.
   *
   * @throws {ModelError} for every failure of the provider.
   */
  embed?(texts: readonly string[], options: { readonly signal: AbortSignal }): Promise<Embeddings>;
}

/** What {@link Model.embed} gives. */
export interface Embeddings {
  readonly vectors: readonly (readonly number[])[];
  /** The model that made them. */
  readonly model: string;
}

/** The failure codes that a model may raise. */
export type ModelErrorCode =
  | 'MODEL_UNAVAILABLE'
  | 'MODEL_RATE_LIMITED'
  | 'MODEL_REQUEST_REJECTED'
  | 'MODEL_UNAUTHORIZED'
  | 'MODEL_NOT_FOUND'
  | 'MODEL_QUOTA_EXHAUSTED';

/** A provider's failure, already judged: whether a retry can help and when. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;
  readonly retryable: boolean;
  /** How long the provider asked to wait, in milliseconds, capped at five minutes. */
  readonly retryAfterMs?: number;

  constructor(
    code: ModelErrorCode,
    message: string,
    retryable: boolean,
    retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.retryable = retryable;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Half characters are mended. What nests too deep, or holds a number that is none, is not kept: the reason stands in
 * its place, as text, and the model is told it as it is told of arguments that are no JSON.
 */
export function toKeptArguments(written: Json): Pick<ToolCall, 'args' | 'malformed'> {
  const args = toHashableJson(written);
  const problem = findUnhashable(args);
  return problem === undefined ? { args } : { args: null, malformed: `(${problem})` };
}

/**
 * The error to throw once `signal` is aborted; its cause is the signal's reason. To Temporal an activity that
 * throws an `AbortError` is cancelled, and with anything else it has failed.
 */
export function abortError(signal: AbortSignal): Error {
  const error = new Error('The model call was aborted.', { cause: signal.reason });
  error.name = 'AbortError';
  return error;
}
