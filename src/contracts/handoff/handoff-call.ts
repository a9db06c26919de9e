/** A handoff as a model asks for it: for algorithms and scripts, which write their calls themselves. */
import type { SenderSummary, TaskDescription } from './envelope.js';
import type { Json } from '../data/json.js';
import { toHandoffToolName } from '../data/names.js';

/** What a sender says beside the payload; what is left out is empty. */
export interface HandoffSaid {
  readonly task?: Partial<TaskDescription>;
  readonly summary?: Partial<SenderSummary>;
}

/** The tool call by which an agent hands its task off to another. */
export function handoffCall(
  to: string,
  payload: Json,
  { task = {}, summary = {} }: HandoffSaid = {},
): { readonly name: string; readonly args: Json } {
  const described = { goal: '', expected: '', acceptance: [], ...task };
  const said = { done: [], decisions: [], answered: [], open: [], needToKnow: [], ...summary };
  // Plain data by their types; a copy is mutable JSON.
  const args = JSON.parse(JSON.stringify({ task: described, summary: said, payload })) as Json;
  return { name: toHandoffToolName(to), args };
}
