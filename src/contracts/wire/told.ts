/**
 * What a history holds of its run's timeline beside the facts that stand in it anyway: what only the run knows rides
 * along with its next command, as data, so that its story can be told without a worker.
 */
import type { TimelineEvent } from './timeline.js';

/** An event that does not follow from the results in the history. */
export interface Told {
  /** Its place in the timeline, from 0. */
  readonly n: number;
  readonly event: TimelineEvent;
}
