/** The timers of a request: reminders, escalation, and the deadline with its effect. */
import { assertDuration, toMilliseconds, type Duration } from '../data/duration.js';
import { type BatonError, createDefinitionError } from '../errors.js';

/** Additional approvers if there is no decision in time. */
export interface Escalation {
  /** Counted from when the request opens. */
  readonly after: Duration;
  /** From then on these roles may decide too. */
  readonly roles: readonly [string, ...string[]];
}

/** How long a request waits, and whom it notifies meanwhile. */
export interface WaitingTimes {
  /**
   * Counted from when the request opens; a Temporal duration such as `'30 days'`, or milliseconds. There is no "approve
   * on timeout".
   */
  readonly deadline?: Duration;
  /** Approvers get a reminder at this interval, up to {@link REMINDERS_AT_MOST} times. */
  readonly remind?: Duration;
  readonly escalate?: readonly Escalation[];
}

/** The timers of a request, and the effect of its deadline. */
export interface DecisionTimes extends WaitingTimes {
  /** The effect of the deadline: `APPROVAL_EXPIRED` (the default), or a rejection by the deadline. */
  readonly onExpiry?: 'fail' | 'reject';
}

/** The same in milliseconds: plain data that can travel. */
export interface WaitingPlan {
  readonly deadlineMs?: number;
  readonly remindMs?: number;
  readonly escalate?: readonly { readonly afterMs: number; readonly roles: readonly string[] }[];
  readonly onExpiry?: 'reject';
}

/** Each reminder is a timer and an entry in the history. */
export const REMINDERS_AT_MOST = 50;

const ESCALATIONS_AT_MOST = 10;

/** A later deadline has no valid date: the run could not open the request, and would retry forever. */
const YEARS_AT_MOST = 100;
const YEAR_MS = 365.25 * 24 * 3_600_000;

/**
 * The plan; undefined if a request has no deadline and no notifications.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an invalid duration, an empty role, or a step that would never happen.
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

/** Adds roles. An empty list means anyone, and stays empty. */
export function withRoles(roles: readonly string[], more: readonly string[]): readonly string[] {
  return roles.length === 0 ? roles : [...new Set([...roles, ...more])];
}
