/**
 * How long, as Temporal reads it. Temporal's own type comes from a package whose types Node's resolution does not
 * find, and so is `any` to everyone who compiles with `nodenext`.
 */
import { BatonError } from './errors.js';

type Unit =
  | 'ms'
  | 's'
  | 'm'
  | 'h'
  | 'd'
  | 'w'
  | `second${'' | 's'}`
  | `minute${'' | 's'}`
  | `hour${'' | 's'}`
  | `day${'' | 's'}`
  | `week${'' | 's'}`;

/** A text such as `'30 days'`, `'90s'` or `'1.5 hours'`, or milliseconds. */
export type Duration = number | `${number}${Unit}` | `${number} ${Unit}`;

const DURATION = /^\d+(?:\.\d+)? ?(?:ms|[smhdw]|seconds?|minutes?|hours?|days?|weeks?)$/;

/** @throws {BatonError} `BAD_DEFINITION` for what is no positive duration. */
export function assertDuration(duration: Duration, owner: string): void {
  const fits =
    typeof duration === 'number'
      ? Number.isFinite(duration) && duration > 0
      : DURATION.test(duration) && Number.parseFloat(duration) > 0;
  if (fits) return;
  throw new BatonError(
    'BAD_DEFINITION',
    `${owner} is ${JSON.stringify(duration)}, and must be a duration such as "30 days" or "90s", or milliseconds.`,
  );
}
