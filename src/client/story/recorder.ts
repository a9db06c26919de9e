/** How the tellers of a history write what they read into one timeline. */
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

type NewEvent = TimelineEvent extends infer E
  ? E extends TimelineEvent
    ? Omit<E, 'at' | 'path'>
    : never
  : never;

/** Adds an event to the timeline. */
export type Recorder = (at: string, path: string, event: NewEvent) => void;
