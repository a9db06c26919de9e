/** The timers of an undecided request: reminder, escalation, deadline. The request contains all of them. Pure. */
import { defined } from '../../contracts/data/defined.js';
import type { PlannedEscalation } from '../../contracts/requests/request-parts.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { REMINDERS_AT_MOST, type WaitingPlan } from '../../contracts/definitions/waiting-times.js';

type Times = Pick<ApprovalRequest, 'deadline' | 'onExpiry' | 'escalates' | 'reminds' | 'reminded'>;

type Reminders = NonNullable<ApprovalRequest['reminds']>;

/** `at` in milliseconds since 1970. */
export type RequestTimer =
  | { readonly kind: 'expire'; readonly at: number }
  | { readonly kind: 'escalate'; readonly at: number; readonly step: PlannedEscalation }
  | { readonly kind: 'remind'; readonly at: number };

/** @param from - when the request opened, in milliseconds since 1970. */
export function toTimes(
  { deadlineMs, remindMs, escalate = [], onExpiry }: WaitingPlan = {},
  from: number,
): Times {
  const instant = (afterMs: number): string => new Date(from + afterMs).toISOString();
  return {
    ...(deadlineMs === undefined ? {} : { deadline: instant(deadlineMs) }),
    ...defined({ onExpiry }),
    ...(escalate.length === 0
      ? {}
      : { escalates: escalate.map(({ afterMs, roles }) => ({ at: instant(afterMs), roles })) }),
    ...(remindMs === undefined ? {} : { reminds: { at: instant(remindMs), everyMs: remindMs } }),
  };
}

/** The next timer; undefined when the request may stay pending forever. */
export function findNextTimer({ deadline, escalates = [], reminds }: Times): RequestTimer | undefined {
  const [step] = escalates;
  const all: RequestTimer[] = [
    ...(deadline === undefined ? [] : [{ kind: 'expire' as const, at: Date.parse(deadline) }]),
    ...(step === undefined ? [] : [{ kind: 'escalate' as const, at: Date.parse(step.at), step }]),
    ...(reminds === undefined ? [] : [{ kind: 'remind' as const, at: Date.parse(reminds.at) }]),
  ];
  // When two are due at the same time, the one with more effect is enough.
  return all.toSorted((one, other) => one.at - other.at)[0];
}

/**
 * A reminder was sent. Reminders that were due while no worker ran are sent once, not once for each missed time.
 *
 * @param now - in milliseconds since 1970.
 */
export function noteReminder({ reminds, ...request }: ApprovalRequest, now: number): ApprovalRequest {
  const count = (request.reminded ?? 0) + 1;
  const more = reminds !== undefined && count < REMINDERS_AT_MOST;
  return { ...request, reminded: count, ...(more ? { reminds: addTime(reminds, now) } : {}) };
}

function addTime({ at, everyMs }: Reminders, now: number): Reminders {
  const due = Date.parse(at) + everyMs;
  return { at: new Date(due > now ? due : now + everyMs).toISOString(), everyMs };
}
