/**
 * The messages of a conversation, in a form that belongs to no provider. A conversation is a hash chain of them:
 * each is stored once under the hash of its parent and its content, and is named by that hash, its *head*.
 */
import type { TaskTerms } from './envelope.js';
import type { Json } from '../data/json.js';

/** A tool call that a model asked for; `args` is what it wrote, parsed as JSON where that was possible. */
export interface ToolCall {
  /** Unique within its message; a provider's own id, or one made from the position. */
  readonly id: string;
  readonly name: string;
  readonly args: Json;
  /** The text the model wrote, kept when it is not JSON; of JSON that cannot be kept, why not, in parentheses. */
  readonly malformed?: string;
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: string;
  /** Who speaks: the task, an earlier conversation that is quoted, a repair request by the runtime, a person. */
  readonly source: 'task' | 'context' | 'repair' | 'person';
  /** The task as data, for models that are algorithms. */
  readonly data?: Json;
  /** What holds of the agent for this task. */
  readonly terms?: TaskTerms;
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly agent: string;
  readonly content: string;
  readonly toolCalls?: readonly ToolCall[];
}

export interface ToolMessage {
  readonly role: 'tool';
  readonly callId: string;
  readonly name: string;
  readonly content: string;
  readonly ok: boolean;
}

export type Message = UserMessage | AssistantMessage | ToolMessage;

/** Tokens of one model call, as the provider counted them, or estimated where it did not. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
