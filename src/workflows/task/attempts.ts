/** The failed attempts on a task, passed from one attempt to the next. Data only. */
import type { BatonError } from '../../contracts/errors.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';

/** One participant's attempt, and its error. */
export interface Attempt {
  readonly party: AnyParticipant;
  readonly place: string;
  readonly error: BatonError;
}

/** The progress of a task's recovery. The policy of the first participant applies. */
export interface Recovering {
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** A recovery agent or a person was asked; alternatives come before them. */
  readonly asked: boolean;
}

export function getFirst({ attempts }: Recovering): Attempt {
  return attempts[0];
}

export function getLast({ attempts }: Recovering): Attempt {
  return attempts.at(-1) ?? attempts[0];
}
