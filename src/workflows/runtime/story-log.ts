/**
 * The run's timeline, and the part of it that the history does not contain yet. The next command carries facts that no
 * result implies, so that the story can be read without a worker.
 */
import { upsertMemo } from '@temporalio/workflow';
import type { BatonError } from '../../contracts/errors.js';
import { Narrator, type Fact } from '../../contracts/story/narrator.js';
import type { TimelineEvent, Told } from '../../contracts/wire/timeline.js';
import { STORY_KEY } from '../../contracts/wire/wire.js';

/** How much of it fits in a memo; larger parts wait for an activity. */
const MEMO_CHARS = 100_000;

export class StoryLog {
  readonly timeline: TimelineEvent[] = [];
  private readonly narrator = new Narrator();
  private untold: Told[] = [];

  /** Adds a fact, and returns the timeline events that it adds. */
  add(fact: Fact): readonly TimelineEvent[] {
    const events = this.narrator.tell(fact, new Date().toISOString());
    for (const event of events) {
      if (fact.kind === 'told') this.untold.push({ n: this.timeline.length, event });
      this.timeline.push(event);
    }
    return events;
  }

  /** The run has ended. Facts that the history contains anyway are not repeated, because that would cost each run an event. */
  end(outcome: 'completed' | 'failed', error: BatonError | undefined): void {
    const { untold, timeline } = this;
    const failure = error ? { code: error.code, message: error.message } : {};
    const at = new Date().toISOString();
    const event: TimelineEvent = { at, path: '', kind: 'run-ended', outcome, ...failure };
    const follow = this.narrator.unreturned();
    const first = timeline.length - untold.length;
    const isSilent =
      follow.length === untold.length &&
      untold.every(
        (told, index) =>
          told.n === first + index && JSON.stringify(told.event) === JSON.stringify(follow[index]),
      );
    if (isSilent) this.untold = [];
    else untold.push({ n: timeline.length, event });
    timeline.push(event);
  }

  /** The extra argument of an activity or a child agent, after its input. */
  take(): [] | [readonly Told[]] {
    const { untold } = this;
    if (untold.length === 0) return [];
    this.untold = [];
    this.noteReturns(untold);
    return [untold];
  }

  /** The part of a memo that contains it; empty when there is nothing to record. */
  takeForMemo(): Readonly<Record<string, readonly Told[]>> {
    let room = MEMO_CHARS;
    const fitting = this.untold.findIndex((told) => (room -= JSON.stringify(told).length) < 0);
    const told = this.untold.splice(0, fitting === -1 ? this.untold.length : fitting);
    this.noteReturns(told);
    return told.length === 0 ? {} : { [STORY_KEY]: told };
  }

  /** Writes it alone, when no further command would carry it. */
  flush(): void {
    const told = this.takeForMemo();
    if (STORY_KEY in told) upsertMemo(told);
  }

  private noteReturns(told: readonly Told[]): void {
    for (const { event } of told) if (event.kind === 'returned') this.narrator.noteReturn(event.path);
  }
}
