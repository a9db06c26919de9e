/** Somebody looks into a request, so that others need not: a mark that lapses by itself, and binds nobody. */
import type { Claim } from './request-parts.js';

/** How long a claim lasts. */
export const CLAIM_MS = 15 * 60_000;

/** The claim, as long as it lasts. */
export function claimAt(claim: Claim | undefined, now: number): Claim | undefined {
  return claim !== undefined && Date.parse(claim.until) > now ? claim : undefined;
}
