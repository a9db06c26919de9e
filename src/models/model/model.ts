/**
 * The only interface between Baton and a text generator: a provider over HTTP, the offline algorithms, or a
 * script in a test. One call of `generate` is one request. It never retries, because Temporal does.
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

/** Everything that a model receives for one answer. */
export interface ModelRequest {
  /** The calling agent; offline and scripted models choose their answer by it. */
  readonly agent: string;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Present if the agent has an output schema: the final answer must be JSON that matches it. */
  readonly output?: { readonly name: string; readonly schema: Json };
  /** The task's input as data, for models that are algorithms. Providers ignore it, because `messages` contains it. */
  readonly input: Json;
  /**
   * Present until the agent has accepted its task: the items that it must name, as `name@version`. The tools
   * to accept or decline are among `tools`; this field is for models that are algorithms.
   */
  readonly handoff?: {
    readonly items: readonly string[];
    /** The acceptance must be the only action of the turn, because the transition grants permissions. */
    readonly alone: boolean;
  };
  /** Present when a receiver asks before it accepts. The answer has one entry for each question, or null if unknown. */
  readonly questions?: readonly string[];
}

/** Why the model stopped. Every reason except `stop` and `tools` has a separate rule. */
export type FinishReason = 'stop' | 'tools' | 'length' | 'content-filter' | 'refusal';

/** One answer of a model, independent of any provider. */
export interface ModelResponse {
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: FinishReason;
  readonly usage: Usage;
  /** The model that answered, by the provider's name for it. */
  readonly model: string;
}

/** A text generator. It keeps no state between calls, because another worker may make the next one. */
export interface Model {
  /** The model's name as configured, e.g. `gpt-5-mini`, or `offline`. */
  readonly name: string;
  /** True when no provider is used; every screen says so. */
  readonly offline: boolean;
  /**
   * True for a model that is used only because no provider is set. Nobody chose it, so a worker does not
   * start with it.
   */
  readonly isFallback?: true;
  /** The size of the context window, input and output together, if known. A receiver's context is made to fit. */
  readonly contextTokens?: number;
  /**
   * Generates one answer.
   *
   * @throws {ModelError} for every failure of the provider, with the retry rule that applies to it.
   */
  generate(request: ModelRequest, options: { readonly signal: AbortSignal }): Promise<ModelResponse>;
  /**
   * Computes the embeddings of texts: one vector each, in their order. Absent if the model has no embeddings.
   *
   * @throws {ModelError} for every failure of the provider.
   */
  embed?(texts: readonly string[], options: { readonly signal: AbortSignal }): Promise<Embeddings>;
}

/** The result of {@link Model.embed}. */
export interface Embeddings {
  readonly vectors: readonly (readonly number[])[];
  /** The model that computed them. */
  readonly model: string;
}

/** The failure codes of models. */
export type ModelErrorCode =
  | 'MODEL_UNAVAILABLE'
  | 'MODEL_RATE_LIMITED'
  | 'MODEL_REQUEST_REJECTED'
  | 'MODEL_UNAUTHORIZED'
  | 'MODEL_NOT_FOUND'
  | 'MODEL_QUOTA_EXHAUSTED';

/** A provider's failure, already classified: whether a retry can help, and when. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;
  readonly retryable: boolean;
  /** The delay that the provider requested, in milliseconds, at most five minutes. */
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
 * Repairs lone surrogates. Arguments that nest too deeply or contain an invalid number are not kept. The
 * reason takes their place as text, and the model gets it like the error for arguments that are not JSON.
 */
export function toKeptArguments(written: Json): Pick<ToolCall, 'args' | 'malformed'> {
  const args = toHashableJson(written);
  const problem = findUnhashable(args);
  return problem === undefined ? { args } : { args: null, malformed: `(${problem})` };
}

/**
 * The error to throw once `signal` is aborted; its cause is the signal's reason. Temporal treats an activity
 * that throws an `AbortError` as cancelled, and any other error as a failure.
 */
export function abortError(signal: AbortSignal): Error {
  const error = new Error('The model call was aborted.', { cause: signal.reason });
  error.name = 'AbortError';
  return error;
}
