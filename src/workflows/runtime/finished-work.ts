/** How each agent's last work ended, as it is known in one place of a run: of branches beside it nothing is known. */
import type { Envelope, MemoryReference } from '../../contracts/handoff/envelope.js';

/** What an agent may hand on is composed from this. */
export interface Finished {
  readonly place: string;
  /** Its conversation; a person has none. */
  readonly head: string | undefined;
  readonly envelope: Envelope;
  /** What it knew of the shared memory in the end. */
  readonly memory: readonly MemoryReference[] | undefined;
}

export class FinishedWork {
  private readonly above: FinishedWork | undefined;
  private readonly last = new Map<string, readonly Finished[]>();
  private readonly branches = new Map<string, FinishedWork>();

  constructor(above?: FinishedWork) {
    this.above = above;
  }

  /** The same for a branch, which knows what was known before it began. */
  branch(path: string): FinishedWork {
    const branch = new FinishedWork(this);
    this.branches.set(path, branch);
    return branch;
  }

  add(work: Finished): void {
    this.last.set(work.envelope.to, [work]);
  }

  /** These branches have come to their ends. None of them came after another, whichever ended last. */
  join(paths: readonly string[]): void {
    const ended = paths.flatMap((path) => this.branches.get(path) ?? []);
    for (const agent of new Set(ended.flatMap(({ last }) => [...last.keys()]))) {
      this.last.set(
        agent,
        ended.flatMap(({ last }) => last.get(agent) ?? []),
      );
    }
    for (const path of paths) this.branches.delete(path);
  }

  /** An agent's last work; several where it worked in several branches and nowhere since. */
  of(agent: string): readonly Finished[] {
    return this.last.get(agent) ?? this.above?.of(agent) ?? [];
  }
}
