/** The one place where a decision becomes somebody's: as a claim, until it is signed. */
import type { Decision } from '../contracts/approval.js';

/** Whoever is signed in decides. */
export function sign(decision: Omit<Decision, 'by'>, subject: string): Decision {
  return { ...decision, by: subject };
}
