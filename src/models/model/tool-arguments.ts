/** The arguments of a tool call as a conversation keeps them: it is hashed, so they must have a canonical form. */
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { findUnhashable, toHashableJson } from '../../contracts/data/hashable-json.js';

/**
 * Half characters are mended. What nests too deep, or holds a number that is none, is not kept: the reason stands in
 * its place, as text, and the model is told it as it is told of arguments that are no JSON.
 */
export function toKeptArguments(written: Json): Pick<ToolCall, 'args' | 'malformed'> {
  const args = toHashableJson(written);
  const problem = findUnhashable(args);
  return problem === undefined ? { args } : { args: null, malformed: `(${problem})` };
}
