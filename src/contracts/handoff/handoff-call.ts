/**
 * Builds the tool call with which a model hands off: for algorithms and scripts, which write their calls themselves.
 */
import type { SenderSummary, TaskDescription } from './envelope.js';
import type { Json } from '../data/json.js';
import { toHandoffToolName } from '../data/names.js';

/** The sender's additions to the payload. Omitted fields are empty. */
export interface HandoffSaid {
  readonly task?: Partial<TaskDescription>;
  readonly summary?: Partial<SenderSummary>;
}

/** The tool call with which an agent hands off its task to another. */
export function handoffCall(
  to: string,
  payload: Json,
  { task = {}, summary = {} }: HandoffSaid = {},
): { readonly name: string; readonly args: Json } {
  const described = { goal: '', expected: '', acceptance: [], ...task };
  const said = { done: [], decisions: [], answered: [], open: [], needToKnow: [], ...summary };
  // The types guarantee plain data; a copy makes it mutable JSON.
  const args = JSON.parse(JSON.stringify({ task: described, summary: said, payload })) as Json;
  return { name: toHandoffToolName(to), args };
}
