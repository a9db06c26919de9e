/** What an offline algorithm is: a request in, a move out. */
import type { Json } from '../../contracts/data/json.js';
import type { ModelRequest } from '../model/model.js';

/**
 * What an offline algorithm does with a request: says a text, gives a value for the output schema, or calls tools. Of a
 * task that was handed off it may also ask first, decline, or name who should have it; whatever else it does takes the
 * task on.
 */
export type OfflineMove =
  | { readonly content: string }
  | { readonly output: Json }
  | { readonly toolCalls: readonly { readonly name: string; readonly args: Json }[] }
  | { readonly clarify: readonly string[] }
  | { readonly decline: string }
  | { readonly misrouted: { readonly to: string; readonly reason: string } };

/** One agent's algorithm: a pure function of the request. A retried or replayed call must get the same move. */
export type OfflineAnswer = (request: ModelRequest) => OfflineMove;
