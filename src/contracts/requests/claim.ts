/**
 * A claim: a person reviews a request, so that others need not. It expires automatically, restricts no one, and decides
 * nothing.
 */
import { BatonError } from '../errors.js';
import type { ApprovalRequest } from './approval.js';
import type { Decision } from './decision.js';
import type { Claim } from './request-parts.js';

/** How long a claim lasts. */
const CLAIM_MS = 15 * 60_000;

/** The claim, if it has not expired. */
export function findClaim(claim: Claim | undefined, now: number): Claim | undefined {
  return claim !== undefined && Date.parse(claim.until) > now ? claim : undefined;
}

/**
 * The request after it is claimed or released.
 *
 * @param at - UTC, ISO 8601.
 * @throws {BatonError} `DECISION_INVALID` if someone else has claimed it, or if a release has no claim.
 */
export function applyClaim(
  request: ApprovalRequest,
  { option }: Decision,
  by: string,
  at: string,
): ApprovalRequest {
  const { claim, ...free } = request;
  const now = Date.parse(at);
  const held = findClaim(claim, now);
  if (held !== undefined && held.by !== by) {
    throw createClaimError(request, `is claimed by ${held.by} until ${held.until}. You can still decide.`);
  }
  if (option === 'claim') return { ...free, claim: { by, until: new Date(now + CLAIM_MS).toISOString() } };
  if (held === undefined) throw createClaimError(request, 'is not claimed, so nobody need release it.');
  return free;
}

function createClaimError({ id }: ApprovalRequest, why: string): BatonError {
  return new BatonError('DECISION_INVALID', `Request ${id} ${why}`, { request: id });
}
