/** A kind of work: the things that come up in it, and the sentences around them. */
import type { Kind } from '../scenario.js';

/** How one thing comes up. `{place}` and the like are filled in; `{S}` is the subject, `{V}` the value. */
export interface Seed {
  readonly subject: string;
  readonly value: string;
  /** Sentences in which it is said. */
  readonly said: readonly string[];
  /** How a record names the value, for what a tool finds. */
  readonly field?: string;
  /** The question that this answers. Only answers have one. */
  readonly question?: string;
}

export interface Domain {
  readonly task: string;
  readonly seeds: Readonly<Record<Kind, readonly Seed[]>>;
  /** Sentences that need not be known afterwards, some of them about the same things. */
  readonly filler: readonly string[];
}
