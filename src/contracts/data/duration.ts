/**
 * How long, as Temporal reads it. Temporal's own type comes from a package whose types Node's resolution does not
 * find, and so is `any` to everyone who compiles with `nodenext`.
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

/** The whole milliseconds of a duration; undefined for what is none, as callers without types may write it. */
export function toMilliseconds(duration: Duration): number | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) ? Math.round(duration) : undefined;
  const [, amount, name = ''] = /^(-?\d+(?:\.\d+)?) ?([a-z]+)$/.exec(String(duration)) ?? [];
  const unit = UNITS[name] ?? UNITS[name.replace(/s$/, '')];
  return amount === undefined || unit === undefined ? undefined : Math.round(Number(amount) * unit);
}

/** @throws {BatonError} `BAD_DEFINITION` for what is no positive duration. */
export function assertDuration(duration: Duration, owner: string): void {
  if ((toMilliseconds(duration) ?? 0) > 0) return;
  throw createDefinitionError(
    `${owner} is ${JSON.stringify(duration)}, and must be a duration such as "30 days" or "90s", or milliseconds.`,
  );
}

/**
 * One attempt of an activity that asks a model, in milliseconds. A model is given less (see `timeoutMs` of
 * `openaiModel`), so that it is the model's failure that a run tells of, and not the step's. A killed worker is noticed
 * much sooner, by its heartbeat.
 */
export const MODEL_STEP_MS = 10 * 60_000;

/** The longest that a model may be given for one answer, in milliseconds. */
export const MODEL_ANSWER_MS = 9 * 60_000;
