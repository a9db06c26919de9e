import { describe, expect, test } from 'vitest';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { summarizeRequest } from '../../contracts/requests/request-summary.js';
import { PendingRequests } from './pending-requests.js';

const AT = '2026-01-01T00:00:00.000Z';

function request(id: string, extra: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    v: 1,
    revision: 1,
    id,
    reason: 'asked-by-orchestration',
    question: 'Go?',
    askedBy: 'desk',
    run: 'r'.repeat(32),
    path: 'approval-0',
    options: [
      { id: 'approve', label: 'Approve', consequence: 'It goes on.' },
      { id: 'reject', label: 'Reject', consequence: 'It does not.' },
    ],
    askedAt: AT,
    ...extra,
  };
}

function opened(...ids: string[]): PendingRequests {
  const desk = new PendingRequests();
  for (const id of ids) desk.open(request(id));
  return desk;
}

function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'counted';
}

describe('request desk', () => {
  test('decide: settles the request once, and the next decision is refused', () => {
    const desk = opened('w/1', 'w/2');
    expect(desk.decide({ request: 'w/1', option: 'approve', by: 'ada' }, 'update', AT)).toMatchObject({
      option: 'approve',
      by: 'ada',
    });
    expect(
      codeOf(() => desk.decide({ request: 'w/1', option: 'reject', reason: 'late' }, 'signal', AT)),
    ).toBe('ALREADY_DECIDED');
    expect(desk.outcome('w/1')).toMatchObject({ kind: 'decided', ticket: { option: 'approve' } });
    expect(desk.pending().map(({ id }) => id)).toEqual(['w/2']);
  });

  test.each([
    ['nothing', undefined, 'DECISION_MALFORMED'],
    ['a text', 'approve', 'DECISION_MALFORMED'],
    ['an unknown property', { request: 'w/1', option: 'approve', force: true }, 'DECISION_MALFORMED'],
    ['an empty option', { request: 'w/1', option: '' }, 'DECISION_MALFORMED'],
    [
      'a rejection without a reason',
      { request: 'w/1', option: 'reject', reason: '  ' },
      'DECISION_MALFORMED',
    ],
    ['an unknown request', { request: 'w/9', option: 'approve' }, 'UNKNOWN_REQUEST'],
    ['an option that is not offered', { request: 'w/1', option: 'was-done' }, 'OPTION_NOT_OFFERED'],
  ])('decide: refuses %s and changes nothing', (_what, wire, code) => {
    const desk = opened('w/1');
    expect(codeOf(() => desk.decide(wire, 'update', AT))).toBe(code);
    expect(desk.outcome('w/1')).toBeUndefined();
  });

  test('expire and withdraw: they close a pending request, never a decided one', () => {
    const desk = opened('w/1', 'w/2', 'w/3');
    desk.decide({ request: 'w/1', option: 'approve' }, 'update', AT);
    desk.close('w/1', 'expired');
    desk.close('w/2', 'expired');
    desk.close('w/2', 'withdrawn');
    desk.close('w/3', 'withdrawn');
    expect(['w/1', 'w/2', 'w/3'].map((id) => desk.outcome(id)?.kind)).toEqual([
      'decided',
      'expired',
      'withdrawn',
    ]);
    expect(codeOf(() => desk.decide({ request: 'w/2', option: 'approve' }, 'update', AT))).toBe(
      'ALREADY_DECIDED',
    );
  });

  test('summary: is bounded, however large the action', () => {
    const action = { tool: 'mail', args: { body: 'x'.repeat(100_000) } };
    const summary = summarizeRequest(request('w/1', { action, question: 'q'.repeat(1_000), digest: 'd' }));
    expect(JSON.stringify(summary).length).toBeLessThan(1_500);
    expect(summary).toMatchObject({ tool: 'mail', options: ['approve', 'reject'] });
  });
});
