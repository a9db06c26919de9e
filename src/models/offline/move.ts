/** The type of an offline algorithm: a request in, a move out. */
import type { Json } from '../../contracts/data/json.js';
import type { ModelRequest } from '../model/model.js';

/**
 * An offline algorithm's move: a text, a value for the output schema, or tool calls. For a task that was handed
 * off, it can also ask for clarification, decline, or report another receiver. Any other move accepts the task.
 */
export type OfflineMove =
  | { readonly content: string }
  | { readonly output: Json }
  | { readonly toolCalls: readonly { readonly name: string; readonly args: Json }[] }
  | { readonly clarify: readonly string[] }
  | { readonly decline: string }
  | { readonly misrouted: { readonly to: string; readonly reason: string } };

/** One agent's algorithm: a pure function of the request, because a retried or replayed call must get the same move. */
export type OfflineAnswer = (request: ModelRequest) => OfflineMove;
