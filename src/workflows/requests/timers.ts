/** What happens to a request that nobody decides, and when: all of it stands in the request. Pure. */
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

/** @param from - since when it waits, in milliseconds since 1970. */
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

/** What comes next; undefined where it may wait for ever. */
export function findNextTimer({ deadline, escalates = [], reminds }: Times): RequestTimer | undefined {
  const [step] = escalates;
  const all: RequestTimer[] = [
    ...(deadline === undefined ? [] : [{ kind: 'expire' as const, at: Date.parse(deadline) }]),
    ...(step === undefined ? [] : [{ kind: 'escalate' as const, at: Date.parse(step.at), step }]),
    ...(reminds === undefined ? [] : [{ kind: 'remind' as const, at: Date.parse(reminds.at) }]),
  ];
  // Of two at one time the one that says more is enough.
  return all.toSorted((one, other) => one.at - other.at)[0];
}

/**
 * People were told again. What was due while no worker ran is told once, not as often as it was due.
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
