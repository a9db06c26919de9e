/** What was tried on a task that fails, as it goes on from one to the next. Data only. */
import type { BatonError } from '../../contracts/errors.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';

/** One party's work on it, and what it failed with. */
export interface Attempt {
  readonly party: AnyParticipant;
  readonly place: string;
  readonly error: BatonError;
}

/** How far the recovery of a task has come. The policy of the first one who tried holds. */
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
