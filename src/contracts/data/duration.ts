/**
 * Durations as Temporal reads them. Temporal's own type comes from a package whose types Node's resolution does not
 * find. So it is `any` for everyone who compiles with `nodenext`.
 */
import { createDefinitionError } from '../errors.js';

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

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  second: SECOND,
  m: MINUTE,
  minute: MINUTE,
  h: HOUR,
  hour: HOUR,
  d: DAY,
  day: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
};

/** The whole milliseconds of a duration; undefined for an invalid one, which callers without types can pass. */
export function toMilliseconds(duration: Duration): number | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) ? Math.round(duration) : undefined;
  const [, amount, name = ''] = /^(-?\d+(?:\.\d+)?) ?([a-z]+)$/.exec(String(duration)) ?? [];
  const unit = UNITS[name] ?? UNITS[name.replace(/s$/, '')];
  return amount === undefined || unit === undefined ? undefined : Math.round(Number(amount) * unit);
}

/** @throws {BatonError} `BAD_DEFINITION` for anything but a positive duration. */
export function assertDuration(duration: Duration, owner: string): void {
  if ((toMilliseconds(duration) ?? 0) > 0) return;
  throw createDefinitionError(
    `${owner} is ${JSON.stringify(duration)}, and must be a duration such as "30 days" or "90s", or milliseconds.`,
  );
}

/**
 * The time limit of one attempt of an activity that calls a model, in milliseconds. A model gets less (see `timeoutMs`
 * of `openaiModel`), so that the run reports the model's failure rather than the step's timeout. A missed heartbeat
 * reveals a killed worker much sooner.
 */
export const MODEL_STEP_MS = 10 * 60_000;

/** The longest time limit for one model answer, in milliseconds. */
export const MODEL_ANSWER_MS = 9 * 60_000;
