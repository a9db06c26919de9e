/**
 * Where each agent's own conversation rests while somebody else has its task: when control comes back, it goes on. An
 * agent is not to ask again what it was told itself.
 */
import type { MemoryReference } from '../../contracts/handoff/envelope.js';
import type { Entry } from '../../contracts/wire/model-call.js';

/** An agent's conversation at the point at which somebody took over from it. */
export interface RestingWork {
  readonly head: string;
  /** What is to be answered when it goes on: above all the call that handed off. */
  readonly entries: readonly Entry[];
  readonly memory?: readonly MemoryReference[];
}

/** The conversations that rest on the way of a task, by agent. */
export interface Resting {
  /** How many tokens of one go on as they are; a longer one becomes a summary. */
  readonly maxTokens: number;
  readonly works: Map<string, RestingWork>;
}

const OWN_TOKENS = 16_000;

export function createResting(): Resting {
  return { maxTokens: OWN_TOKENS, works: new Map() };
}
