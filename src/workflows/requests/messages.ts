/** The messages to a run while people are asked, and their effect on its requests. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { SaidMeanwhile } from '../../contracts/requests/request-parts.js';

export interface Messages {
  /** The messages that wait for their answers, oldest first. */
  readonly unanswered: () => readonly SaidMeanwhile[];
  /** Whether they withdraw pending approvals. */
  readonly withdraw: boolean;
}

/** For a run that receives no messages. */
export const NO_MESSAGES: Messages = { unanswered: () => [], withdraw: false };

/** The sender of a message decides nothing: the team has declared the effect of a message. */
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
