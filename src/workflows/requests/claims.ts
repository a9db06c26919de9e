/** Claiming a request, and giving it back: pure transitions of the request, which decide nothing. */
import type { Decision } from '../../contracts/requests/decision.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { claimAt, CLAIM_MS } from '../../contracts/requests/claim.js';
import { BatonError } from '../../contracts/errors.js';

/**
 * @param at - UTC, ISO 8601.
 * @throws {BatonError} `DECISION_INVALID` where somebody else has claimed it, or nobody who could give it back.
 */
export function applyClaim(
  request: ApprovalRequest,
  { option }: Decision,
  by: string,
  at: string,
): ApprovalRequest {
  const { claim, ...free } = request;
  const now = Date.parse(at);
  const held = claimAt(claim, now);
  if (held !== undefined && held.by !== by) {
    throw createClaimError(
      request,
      `is claimed by ${held.by} until ${held.until}. You may decide all the same.`,
    );
  }
  if (option === 'claim') return { ...free, claim: { by, until: new Date(now + CLAIM_MS).toISOString() } };
  if (held === undefined) throw createClaimError(request, 'is not claimed, so nobody need release it.');
  return free;
}

function createClaimError({ id }: ApprovalRequest, why: string): BatonError {
  return new BatonError('DECISION_INVALID', `Request ${id} ${why}`, { request: id });
}
