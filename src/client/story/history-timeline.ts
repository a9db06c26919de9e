/** The timeline of a history: what the run told of itself in its own places, and between it what follows from results. */
import { Narrator, type Fact, type NewEvent } from '../../contracts/story/narrator.js';
import type { TimelineEvent, Told } from '../../contracts/wire/timeline.js';

export class HistoryTimeline {
  private readonly narrator = new Narrator();
  /** By its place. */
  private readonly told = new Map<number, TimelineEvent>();
  /** In their order; their places are those that are left. */
  private readonly following: TimelineEvent[] = [];
  private readonly requests = new Map<string, string>();

  /** What the run said of itself. */
  take(told: readonly Told[]): void {
    for (const { n, event } of told) {
      if (this.told.has(n)) continue;
      this.told.set(n, event);
      const { at, path, ...rest } = event;
      this.narrator.tell({ kind: 'told', path, event: rest as NewEvent }, at);
      if (event.kind === 'returned') this.narrator.noteReturn(path);
      if (event.kind === 'asked') this.requests.set(event.request, path);
    }
  }

  /** What stands in the history. */
  add(fact: Fact, at: string): void {
    this.following.push(...this.narrator.tell(fact, at));
  }

  /** Something that no run has said. */
  note(at: string, path: string, event: NewEvent): void {
    this.following.push({ at, path, ...event } as TimelineEvent);
  }

  /** Where a request was asked. */
  placeOf(request: string): string {
    return this.requests.get(request) ?? '';
  }

  /** Whether the run has said that it ended: then nothing follows that it did not say. */
  get hasEnded(): boolean {
    return [...this.told.values()].some(({ kind }) => kind === 'run-ended');
  }

  /** Oldest first. */
  events(end: TimelineEvent | undefined): TimelineEvent[] {
    const { told } = this;
    const last = this.hasEnded ? [] : [...this.narrator.unreturned(), ...(end ? [end] : [])];
    const following = [...this.following, ...last];
    const places = Math.max(told.size + following.length, ...[...told.keys()].map((n) => n + 1));
    const all: TimelineEvent[] = [];
    let next = 0;
    for (let n = 0; n < places; n += 1) {
      const event = told.get(n) ?? following[next++];
      if (event) all.push(event);
    }
    // What the run has not said yet leaves gaps, which what follows has closed: time puts it where it belongs.
    return all.toSorted((a, b) => a.at.localeCompare(b.at));
  }
}
