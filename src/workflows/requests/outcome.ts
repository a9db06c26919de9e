/** How a request has come to its end, and what a decision that comes later is told. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { BatonError } from '../../contracts/errors.js';
import type { Voice } from './decider.js';

export type RequestOutcome =
  | {
      readonly kind: 'decided';
      readonly ticket: DecisionTicket;
      /** Whose word it was, each once: one, or as many as it needed. */
      readonly voices: readonly Voice[];
    }
  | { readonly kind: 'expired' }
  | { readonly kind: 'withdrawn' };

export function createAlreadyDecidedError(id: string, settlement: RequestOutcome): BatonError {
  const how =
    settlement.kind === 'decided'
      ? `was decided "${settlement.ticket.option}" by ${settlement.ticket.by} at ${settlement.ticket.decidedAt}`
      : settlement.kind === 'expired'
        ? 'has expired'
        : 'was withdrawn when the step that asked it was cancelled';
  return new BatonError('ALREADY_DECIDED', `Request ${id} ${how}. This decision changes nothing.`, {
    request: id,
    settlement: settlement.kind,
  });
}
