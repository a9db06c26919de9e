/**
 * The messages of a conversation, independent of any provider. A conversation is a hash chain of messages. Each message
 * is stored once, under the hash of its parent and its content. That hash is the name of the conversation: its *head*.
 */
import type { TaskTerms } from './envelope.js';
import type { Json } from '../data/json.js';

/** A tool call of a model; `args` is the model's text, parsed as JSON if possible. */
export interface ToolCall {
  /** Unique within its message; the provider's id, or one made from the position. */
  readonly id: string;
  readonly name: string;
  readonly args: Json;
  /** The model's text if it is not JSON. For JSON that cannot be stored, the reason in parentheses. */
  readonly malformed?: string;
}

export interface UserMessage {
  readonly role: 'user';
  readonly content: string;
  /** The source: the task, a quoted earlier conversation, a repair request by the runtime, or a person. */
  readonly source: 'task' | 'context' | 'repair' | 'person';
  /** The task as data, for models that are algorithms. */
  readonly data?: Json;
  /** The agent's terms for this task. */
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

/** The tokens of one model call, as the provider counted them, or an estimate. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
