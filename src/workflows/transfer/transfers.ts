/** What a run remembers of its transfers: who was chosen and not yet given anything, and how each agent's work ended. */
import type { Envelope, Routing } from '../../contracts/envelope.js';
import type { MemoryReference } from '../../contracts/memory-reference.js';
import type { TimelineEvent } from '../../contracts/timeline.js';

/** An agent's last conversation: what it may hand on is composed from it. */
export interface Finished {
  readonly head: string;
  readonly envelope: Envelope;
  /** What it knew of the shared memory in the end. */
  readonly memory: readonly MemoryReference[] | undefined;
}

export class Transfers {
  /** The table of the Web UI's details. */
  readonly lines: string[] = [];
  private readonly chosen = new Map<string, Routing>();
  private readonly finishedBy = new Map<string, Finished>();

  /** A router chose this agent; the next task that code gives it there was routed so. */
  choose(scope: string, agent: string, routing: Routing): void {
    this.chosen.set(`${scope} ${agent}`, routing);
  }

  /** How an agent that code gives a task was chosen. A decision counts once. */
  takeRouting(scope: string, agent: string): Routing {
    const key = `${scope} ${agent}`;
    const routing = this.chosen.get(key) ?? { by: 'code' };
    this.chosen.delete(key);
    return routing;
  }

  finished(agent: string, work: Finished): void {
    this.finishedBy.set(agent, work);
  }

  /** Where an agent's last work of this run ended; undefined when it has done none. */
  workOf(agent: string): Finished | undefined {
    return this.finishedBy.get(agent);
  }

  note(event: Extract<TimelineEvent, { kind: 'handoff' }>): void {
    this.lines.push(`| ${event.from} → ${event.to} | ${event.trigger}, by ${event.by} |`);
  }
}
