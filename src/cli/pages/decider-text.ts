/** Who a decision is of, and how that is known, in words. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';

/** `ada (signed, key tl0m21JD)`, `bob (claimed, not proven)`. */
export function deciderText({ by, identity, kid = '', gateway }: DecisionTicket): string {
  if (identity === 'claimed') return `${by} (claimed, not proven)`;
  const key = `key ${kid.slice(0, 8)}`;
  return gateway === undefined ? `${by} (signed, ${key})` : `${by} (signed in by ${gateway}, ${key})`;
}

/** `; 1 of 2 have said so, it waits for more`, or nothing. */
export function votesText({ votes }: DecisionTicket): string {
  if (votes === undefined) return '';
  const rest = votes.have < votes.need ? ', and it waits for more' : '';
  return `; ${votes.have} of ${votes.need} have said so${rest}`;
}
