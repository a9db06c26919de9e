/** What a kind of work is made of: what comes up in it, and what is said beside it. */
import type { Kind } from '../scenario.js';

/** How one thing comes up. `{place}` and the like are filled in; `{S}` is the subject, `{V}` the value. */
export interface Seed {
  readonly subject: string;
  readonly value: string;
  /** Sentences in which it is said. */
  readonly said: readonly string[];
  /** How a record names the value, for what a tool finds. */
  readonly field?: string;
  /** What is asked to be told it, for answers. */
  readonly question?: string;
}

export interface Domain {
  readonly task: string;
  readonly seeds: Readonly<Record<Kind, readonly Seed[]>>;
  /** Sentences that need not be known afterwards, some of them about the same things. */
  readonly filler: readonly string[];
}
