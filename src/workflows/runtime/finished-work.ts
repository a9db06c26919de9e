/** How each agent's last work ended, as one place of a run knows it. It knows nothing about parallel branches. */
import type { Envelope, MemoryReference } from '../../contracts/handoff/envelope.js';

/** An agent's finished work: what it may hand off is composed from this. */
export interface Finished {
  readonly place: string;
  /** Its conversation; a person has no conversation. */
  readonly head: string | undefined;
  readonly envelope: Envelope;
  /** Its final knowledge of the shared memory. */
  readonly memory: readonly MemoryReference[] | undefined;
}

export class FinishedWork {
  private readonly above: FinishedWork | undefined;
  private readonly last = new Map<string, readonly Finished[]>();
  private readonly branches = new Map<string, FinishedWork>();

  constructor(above?: FinishedWork) {
    this.above = above;
  }

  /** The view of a branch, which knows what was known before it started. */
  branch(path: string): FinishedWork {
    const branch = new FinishedWork(this);
    this.branches.set(path, branch);
    return branch;
  }

  add(work: Finished): void {
    this.last.set(work.envelope.to, [work]);
  }

  /** These branches have ended. No branch counts as later than another, regardless of which ended last. */
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

  /** An agent's last work; several if it worked in several branches and not since. */
  of(agent: string): readonly Finished[] {
    return this.last.get(agent) ?? this.above?.of(agent) ?? [];
  }
}
