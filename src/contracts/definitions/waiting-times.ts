/** How long a request waits: when people are reminded, whom it goes on to, and what follows when nobody decides. */
import { assertDuration, toMilliseconds, type Duration } from '../data/duration.js';
import { type BatonError, createDefinitionError } from '../errors.js';

/** Whom a request goes on to when nobody has decided. */
export interface Escalation {
  /** From when the request was asked. */
  readonly after: Duration;
  /** They may decide from then on, beside those who could before. */
  readonly roles: readonly [string, ...string[]];
}

/** How long a request waits, and whom it reaches meanwhile. */
export interface WaitingTimes {
  /** From when it is asked; a Temporal duration such as `'30 days'`, or milliseconds. Nobody's silence is a yes. */
  readonly deadline?: Duration;
  /** Those who may decide are told again every so often, up to {@link REMINDERS_AT_MOST} times. */
  readonly remind?: Duration;
  readonly escalate?: readonly Escalation[];
}

/** Beside how long it waits, what its end means. */
export interface DecisionTimes extends WaitingTimes {
  /** What follows at the deadline: `APPROVAL_EXPIRED` (the default), or a rejection that nobody spoke. */
  readonly onExpiry?: 'fail' | 'reject';
}

/** The same in milliseconds: plain data, as it travels. */
export interface WaitingPlan {
  readonly deadlineMs?: number;
  readonly remindMs?: number;
  readonly escalate?: readonly { readonly afterMs: number; readonly roles: readonly string[] }[];
  readonly onExpiry?: 'reject';
}

/** Each is a timer and a line in the history. */
export const REMINDERS_AT_MOST = 50;

const ESCALATIONS_AT_MOST = 10;

/** What ends later has no date: a run could not even ask, and would try for ever. */
const YEARS_AT_MOST = 100;
const YEAR_MS = 365.25 * 24 * 3_600_000;

/**
 * The plan; undefined where a request may wait for ever and nobody is told.
 *
 * @throws {BatonError} `BAD_DEFINITION` for what is no duration, a role without a name, or a step that would never be.
 */
export function planWaiting(
  { deadline, remind, escalate = [], onExpiry = 'fail' }: DecisionTimes,
  owner: string,
): WaitingPlan | undefined {
  const plan = {
    ...(deadline === undefined ? {} : { deadlineMs: parseDuration(deadline, `${owner}, deadline`) }),
    ...(remind === undefined ? {} : { remindMs: parseDuration(remind, `${owner}, remind`) }),
    ...(escalate.length === 0 ? {} : { escalate: parseEscalations(escalate, owner) }),
    ...(onExpiry === 'reject' ? { onExpiry } : {}),
  };
  if (onExpiry !== 'fail' && onExpiry !== 'reject')
    throw createTimesError(owner, `onExpiry is "fail" or "reject", not ${JSON.stringify(onExpiry)}`);
  if (plan.onExpiry !== undefined && plan.deadlineMs === undefined)
    throw createTimesError(owner, 'onExpiry needs a deadline');
  const { deadlineMs = Infinity, remindMs = 0 } = plan;
  if (remindMs >= deadlineMs)
    throw createTimesError(owner, 'remind is not before the deadline, so nobody would be reminded');
  if (plan.escalate?.some(({ afterMs }) => afterMs >= deadlineMs))
    throw createTimesError(owner, 'a step of escalate is not before the deadline, so it would never be');
  return Object.keys(plan).length === 0 ? undefined : plan;
}

function parseEscalations(
  escalate: readonly Escalation[],
  owner: string,
): NonNullable<WaitingPlan['escalate']> {
  if (escalate.length > ESCALATIONS_AT_MOST)
    throw createTimesError(owner, `escalate has more than ${ESCALATIONS_AT_MOST} steps`);
  if (escalate.some(({ roles }) => roles.length === 0 || roles.some((role) => role.trim() === '')))
    throw createTimesError(owner, 'a step of escalate names no role');
  return escalate
    .map(({ after, roles }) => ({
      afterMs: parseDuration(after, `${owner}, escalate.after`),
      roles: [...roles],
    }))
    .toSorted((one, other) => one.afterMs - other.afterMs);
}

function parseDuration(wanted: Duration, owner: string): number {
  assertDuration(wanted, owner);
  const ms = toMilliseconds(wanted) ?? 0;
  if (ms > YEARS_AT_MOST * YEAR_MS)
    throw createTimesError(owner, `${JSON.stringify(wanted)} is too long: at most ${YEARS_AT_MOST} years`);
  return ms;
}

function createTimesError(owner: string, what: string): BatonError {
  return createDefinitionError(`${owner}: ${what}.`);
}

/**
 * Roles with more beside them. None means anybody, and stays so.
 */
export function withRoles(roles: readonly string[], more: readonly string[]): readonly string[] {
  return roles.length === 0 ? roles : [...new Set([...roles, ...more])];
}
