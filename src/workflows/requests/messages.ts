/** What is said to a run while people are asked, and what that does to their requests. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { SaidMeanwhile } from '../../contracts/requests/request-parts.js';

export interface Messages {
  /** Those that wait for their answers, oldest first. */
  readonly unanswered: () => readonly SaidMeanwhile[];
  /** Whether they end what waits to be let happen. */
  readonly withdraw: boolean;
}

/** Of a run that nothing is said to. */
export const NO_MESSAGES: Messages = { unanswered: () => [], withdraw: false };

/** Whoever said it has decided nothing: the team has declared what a message does. */
export function buildWithdrawal(
  request: string,
  { text, by }: SaidMeanwhile,
  decidedAt: string,
): DecisionTicket {
  const speaker = by === undefined ? '' : `, by ${by} as they say,`;
  const reason = `Withdrawn: "${text}" was said${speaker} before anybody had decided.`;
  return {
    request,
    option: 'reject',
    reason,
    by: 'a message',
    identity: 'claimed',
    via: 'signal',
    decidedAt,
  };
}
