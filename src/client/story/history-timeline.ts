/**
 * The timeline of a history: the run's own events at their positions, and between them the events that results imply.
 */
import { Narrator, type Fact, type NewEvent } from '../../contracts/story/narrator.js';
import type { TimelineEvent, Told } from '../../contracts/wire/timeline.js';

export class HistoryTimeline {
  private readonly narrator = new Narrator();
  /** By its position. */
  private readonly told = new Map<number, TimelineEvent>();
  /** In order; they get the remaining positions. */
  private readonly following: TimelineEvent[] = [];
  private readonly requests = new Map<string, string>();

  /** Adds the run's own events. */
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

  /** Adds a fact from the history. */
  add(fact: Fact, at: string): void {
    this.following.push(...this.narrator.tell(fact, at));
  }

  /** Adds an event that no run has reported. */
  note(at: string, path: string, event: NewEvent): void {
    this.following.push({ at, path, ...event } as TimelineEvent);
  }

  /** The path of a request. */
  placeOf(request: string): string {
    return this.requests.get(request) ?? '';
  }

  /** Whether the run has reported its end: then there are no events that it did not report. */
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
    // Unreported events leave gaps, which implied events have filled. Sorting by time restores the order.
    return all.toSorted((a, b) => a.at.localeCompare(b.at));
  }
}
