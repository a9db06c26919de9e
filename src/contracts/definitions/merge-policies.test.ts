/** How independent policies for one action are merged. */
import type { Requirement } from '../requests/request-parts.js';
import { describe, expect, test } from 'vitest';
import type { ActionRequirement } from './policy.js';
import { mergeRequirements } from './merge-policies.js';

function demand(policy: string, needs: Partial<Requirement>): ActionRequirement {
  const whole = { policy, roles: [], quorum: 1, notRequester: false, ...needs };
  return { reason: 'irreversible-effect', needs: whole };
}

describe('P1 the strictest of several policies', () => {
  test('mergeRequirements: nobody is asked when no policy applies', () => {
    expect(mergeRequirements('pay', [undefined, undefined])).toBeUndefined();
  });

  test('mergeRequirements: a policy that includes the other is kept unchanged, in either order', () => {
    const lax = demand('lax', { roles: ['support', 'finance'] });
    const strict = demand('strict', { roles: ['finance'], quorum: 2, notRequester: true });
    expect(mergeRequirements('pay', [lax, undefined, strict])).toBe(strict);
    expect(mergeRequirements('pay', [strict, lax])).toBe(strict);
    expect(mergeRequirements('pay', [demand('anybody', {}), lax])).toBe(lax);
  });

  test('mergeRequirements: the common roles, the larger quorum and every exclusion apply when two policies differ', () => {
    const one = demand('two', { roles: ['support', 'finance'], quorum: 2 });
    const other = demand('four-eyes', { roles: ['finance', 'board'], notRequester: true });
    expect(mergeRequirements('pay', [one, other])?.needs).toEqual({
      policy: 'two + four-eyes',
      roles: ['finance'],
      quorum: 2,
      notRequester: true,
    });
  });

  test('mergeRequirements: it does not escalate to roles that the other policy does not name', () => {
    const escalate = [{ afterMs: 1, roles: ['support'] }];
    const lax = { ...demand('lax', { roles: ['finance'] }), waits: { deadlineMs: 9, escalate } };
    const strict = demand('strict', { roles: ['finance', 'board'] });
    expect(mergeRequirements('pay', [lax, strict])).toEqual({
      reason: 'irreversible-effect',
      needs: { policy: 'lax + strict', roles: ['finance'], quorum: 1, notRequester: false },
      waits: { deadlineMs: 9 },
    });
  });

  test('mergeRequirements: it ends when the first of them ends, in either order, and nothing comes after that', () => {
    const escalate = [
      { afterMs: 3, roles: ['board'] },
      { afterMs: 7, roles: ['board'] },
    ];
    const slow = {
      ...demand('slow', { roles: ['finance'] }),
      waits: { deadlineMs: 9, remindMs: 6, escalate },
    };
    const soon = {
      ...demand('soon', { roles: ['finance', 'board', 'support'] }),
      waits: { deadlineMs: 5, onExpiry: 'reject' as const },
    };
    const ends = { deadlineMs: 5, onExpiry: 'reject', escalate: [escalate[0]] };
    expect(mergeRequirements('pay', [slow, soon])).toEqual({ ...slow, waits: ends });
    expect(mergeRequirements('pay', [soon, slow])).toEqual({ ...slow, waits: ends });
    const apart = { ...soon, needs: { ...soon.needs, roles: ['finance', 'support'], quorum: 2 } };
    expect(
      mergeRequirements('pay', [{ ...slow, needs: { ...slow.needs, notRequester: true } }, apart])?.waits,
    ).toEqual({
      deadlineMs: 5,
      onExpiry: 'reject',
    });
    expect(mergeRequirements('pay', [slow, demand('ever', { roles: ['finance', 'board'] })])?.waits).toEqual(
      slow.waits,
    );
  });

  test('mergeRequirements: BAD_CONFIG names both policies when no role may decide by both', () => {
    const demands = [demand('one', { roles: ['support'] }), demand('other', { roles: ['finance'] })];
    expect(() => mergeRequirements('pay', demands)).toThrow(/one \+ other both apply to pay/);
  });
});
