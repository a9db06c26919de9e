/**
 * Finds tasks that go in circles (spec H10). A repeated transition counts as a loop in two cases. Either the sender hands
 * off exactly the same as before, or it hands off something else without any new results in between. A circle with new
 * results continues. Pure: hops in, a report out.
 */

/** One transition of a task from agent to agent, before it is taken. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  /** The digest of everything that the sender wrote for the receiver. */
  readonly matter: string;
}

/** A task that goes in circles: facts, and the same in words. */
export interface Loop {
  /** `exact`: the same was handed off before; `reworded`: something else was, without new results since. */
  readonly kind: 'exact' | 'reworded';
  /** The path from the first time that the transition was taken: `billing`, `technical`, `billing`, `technical`. */
  readonly path: readonly string[];
  /** How often the transition was taken before. */
  readonly before: number;
  readonly text: string;
}

interface Taken extends Hop {
  /** How many different results the task had when it was taken. */
  readonly known: number;
}

/** The transitions and the results of one task. */
export class LoopDetection {
  private readonly hops: Taken[] = [];
  private readonly results = new Set<string>();

  /** Records a tool's result or a person's answer. The same result again is not new. */
  noteResult(result: string): void {
    this.results.add(result);
  }

  /** How often the task took this transition. */
  times(from: string, to: string): number {
    return this.hops.filter((hop) => hop.from === from && hop.to === to).length;
  }

  /** The loop that this transition would close, if any. */
  find(next: Hop): Loop | undefined {
    const same = this.hops.filter((hop) => hop.from === next.from && hop.to === next.to);
    const exact = same.findLast((hop) => hop.matter === next.matter);
    if (exact) return this.loop('exact', exact, next, same.length);
    const last = same.at(-1);
    if (last === undefined || this.results.size > last.known) return undefined;
    return this.loop('reworded', last, next, same.length);
  }

  /** The transition was taken: the receiver has the task. */
  take(hop: Hop): void {
    this.hops.push({ ...hop, known: this.results.size });
  }

  private loop(kind: Loop['kind'], first: Taken, next: Hop, before: number): Loop {
    const since = this.hops.slice(this.hops.indexOf(first));
    const path = [first.from, ...since.map(({ to }) => to)];
    // A person or a recovery may have moved the task in between: then the path shows a gap.
    if (path.at(-1) !== next.from) path.push(next.from);
    path.push(next.to);
    const why =
      kind === 'exact'
        ? 'handing off exactly the same again'
        : `no new result since ${next.from} handed off to ${next.to} before`;
    return { kind, path, before, text: `${path.join(' → ')}, ${why}` };
  }
}
