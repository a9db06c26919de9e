/** Why a decision on a request is refused, in words: its option was not offered, or it is about another action. */
import type { Decision } from '../../contracts/requests/decision.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { resolveOption, getOptionRow } from '../../contracts/requests/decision-options.js';
import { BatonError } from '../../contracts/errors.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Voice } from './decider.js';

export function assertOffered({ id, options, redirectTo = [] }: ApprovalRequest, decision: Decision): void {
  const offered = options.map((option) => option.id);
  // Every request can be claimed, although no request lists the option.
  if (!offered.includes(decision.option) && getOptionRow(decision.option).effect !== 'claim') {
    throw new BatonError(
      'OPTION_NOT_OFFERED',
      `Request ${id} does not offer "${decision.option}". It offers: ${offered.join(', ')}.`,
      { request: id, option: decision.option, options: offered },
    );
  }
  if (decision.to === undefined || redirectTo.includes(decision.to)) return;
  throw new BatonError(
    'OPTION_NOT_OFFERED',
    `Request ${id} cannot be redirected to "${decision.to}". It can go to: ${redirectTo.join(', ')}.`,
    { request: id, to: decision.to, redirectTo },
  );
}

/** If the same signed decision were sent again, by anyone, it would undo a later decision of the same person. */
export function assertNew({ id }: ApprovalRequest, taken: ReadonlySet<string>, { by, signed }: Voice): void {
  if (signed === undefined || !taken.has(signed)) return;
  throw new BatonError(
    'ALREADY_DECIDED',
    `The decision that ${by} signed for request ${id} was recorded already, and counts once. Sign again to repeat it.`,
    { request: id, by },
  );
}

/** A decision counts only for the action that the approver saw. */
export function assertAsShown({ id, revision, digest, options }: ApprovalRequest, decision: Decision): void {
  const stale = decision.digest !== undefined && decision.digest !== digest;
  const yes = resolveOption(options, decision.option) === 'approve';
  const unseen = decision.digest === undefined && yes && revision > 1;
  if (!stale && !unseen) return;
  throw new BatonError(
    'REQUEST_CHANGED',
    `Request ${id} has changed and is now revision ${revision}: its action was edited, or something was said to the run. Look at it again, and decide with its digest ${digest}.`,
    { request: id, revision, digest },
  );
}

/** How a request ended. */
export type RequestOutcome =
  | {
      readonly kind: 'decided';
      readonly ticket: DecisionTicket;
      /** The people who decided, each once: one, or as many as the request needed. */
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
