import { describe, expect, test } from 'vitest';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { REMINDERS_AT_MOST, planWaiting } from '../../contracts/definitions/waiting-times.js';
import { findNextTimer, noteReminder, toTimes } from './timers.js';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 0, 1, 12);
const at = (hours: number): string => new Date(NOON + hours * HOUR).toISOString();

function request(plan: Parameters<typeof toTimes>[0]): ApprovalRequest {
  return { id: 'w/1', ...toTimes(plan, NOON) } as ApprovalRequest;
}

describe('P6 a request that is not decided in time', () => {
  test('timer: the next is the earliest; without any declared it is undefined', () => {
    expect(findNextTimer(request({}))).toBeUndefined();
    const all = request({
      deadlineMs: 9 * HOUR,
      remindMs: 2 * HOUR,
      escalate: [{ afterMs: 3 * HOUR, roles: ['board'] }],
    });
    expect(findNextTimer(all)).toEqual({ kind: 'remind', at: NOON + 2 * HOUR });
    const once = noteReminder(all, NOON + 2 * HOUR);
    expect(once).toMatchObject({ reminded: 1, reminds: { at: at(4) } });
    expect(findNextTimer(once)).toMatchObject({ kind: 'escalate', at: NOON + 3 * HOUR });
  });

  test('deadline: the request expires, even when a reminder or an escalation is due at the same time', () => {
    const plan = { deadlineMs: HOUR, remindMs: HOUR, escalate: [{ afterMs: HOUR, roles: ['board'] }] };
    expect(findNextTimer(request(plan))?.kind).toBe('expire');
  });

  test('reminders: those due while no worker ran are sent as one', () => {
    const late = noteReminder(request({ remindMs: HOUR }), NOON + 30.5 * HOUR);
    expect(late).toMatchObject({ reminded: 1, reminds: { at: at(31.5) } });
  });

  test('reminders: their number is limited', () => {
    let told = request({ remindMs: HOUR });
    for (let count = 1; count <= REMINDERS_AT_MOST; count += 1)
      told = noteReminder(told, NOON + count * HOUR);
    expect(told.reminded).toBe(REMINDERS_AT_MOST);
    expect(findNextTimer(told)).toBeUndefined();
  });

  test('limits: a time longer than any calendar fails before the request is sent', () => {
    const far = [9e15, '2000000000 weeks'] as const;
    for (const after of far) {
      expect(() => planWaiting({ deadline: after }, 'x')).toThrow(/x, deadline.* at most/);
      expect(() => planWaiting({ remind: after }, 'x')).toThrow(/x, remind.* at most/);
      expect(() => planWaiting({ escalate: [{ after, roles: ['board'] }] }, 'x')).toThrow(/escalate\.after/);
    }
  });
});
