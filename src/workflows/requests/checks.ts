/** Why a decision on a request is not taken, in words: it was not offered, or it is about something else. */
import type { Decision } from '../../contracts/requests/decision.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { CLAIMING } from '../../contracts/requests/claim.js';
import { meaningOf } from '../../contracts/definitions/declared-option.js';
import { BatonError } from '../../contracts/errors.js';
import type { Voice } from './decider.js';

export function assertOffered({ id, options, redirectTo = [] }: ApprovalRequest, decision: Decision): void {
  const offered = options.map((option) => option.id);
  if (!offered.includes(decision.option) && !CLAIMING.includes(decision.option)) {
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

/** Sent again, by whomever, it would undo what they have said after it. */
export function assertNew({ id }: ApprovalRequest, taken: ReadonlySet<string>, { by, signed }: Voice): void {
  if (signed === undefined || !taken.has(signed)) return;
  throw new BatonError(
    'ALREADY_DECIDED',
    `What ${by} has signed for request ${id} was taken already, and counts once. Sign anew to say it again.`,
    { request: id, by },
  );
}

/** Nobody decides on an action that is not the one they saw. */
export function assertAsShown({ id, revision, digest, options }: ApprovalRequest, decision: Decision): void {
  const stale = decision.digest !== undefined && decision.digest !== digest;
  const yes = meaningOf(options, decision.option) === 'approve';
  const unseen = decision.digest === undefined && yes && revision > 1;
  if (!stale && !unseen) return;
  throw new BatonError(
    'REQUEST_CHANGED',
    `The action of request ${id} was edited and is now revision ${revision}. Look at it again, and decide with its digest ${digest}.`,
    { request: id, revision, digest },
  );
}
