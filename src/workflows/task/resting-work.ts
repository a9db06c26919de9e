/**
 * Where each agent's own conversation is suspended while another agent has its task. When control returns, the conversation
 * resumes, so that the agent does not ask again what it already knows.
 */
import type { MemoryReference } from '../../contracts/handoff/envelope.js';
import type { Entry } from '../../contracts/wire/model-call.js';

/** An agent's conversation at the point where another participant took over. */
export interface RestingWork {
  readonly head: string;
  /** The entries to answer when it resumes: above all the handoff call. */
  readonly entries: readonly Entry[];
  readonly memory?: readonly MemoryReference[];
}

/** The suspended conversations along the path of a task, by agent. */
export interface Resting {
  /** How many tokens of one resume unchanged; a longer one becomes a summary. */
  readonly maxTokens: number;
  readonly works: Map<string, RestingWork>;
}

const OWN_TOKENS = 16_000;

export function createResting(): Resting {
  return { maxTokens: OWN_TOKENS, works: new Map() };
}
