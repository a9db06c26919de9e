/**
 * What makes a new revision of a request: an edit, and what is said to the run while it waits. Who decides is to know it,
 * and who has said yes before it did not.
 */
import type { Decision } from '../../contracts/requests/decision.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import type { Schema } from '../../contracts/data/schema.js';
import { parseCarried } from './parse-decision.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import type { SaidMeanwhile } from '../../contracts/requests/request-parts.js';
import { SAID_AT_MOST } from '../../contracts/requests/said-bounds.js';
import { digestRequest } from '../../contracts/proof/root.js';

/** What a request's decisions are checked against. */
export interface RequestChecks {
  readonly args?: Schema;
  readonly answer?: Schema;
  /** What is offered for an edited action, and who must decide on it. */
  readonly edited?: (args: Json, before: ApprovalRequest) => ApprovalRequest;
}

/** What was said first is not pushed off by what is said later. */
const FIRST_KEPT = 5;

/** What is left out is told in its place. */
function boundSaid(all: readonly SaidMeanwhile[]): SaidMeanwhile[] {
  if (all.length <= SAID_AT_MOST) return [...all];
  const newest = SAID_AT_MOST - FIRST_KEPT;
  const text = `(${all.length - SAID_AT_MOST} messages more were said here: see the conversation)`;
  return [...all.slice(0, FIRST_KEPT), { text }, ...all.slice(-newest)];
}

/** A new revision: what was decided on the one before counts no more, and its votes lapse. */
export function addSaid(
  { votes: _lapsed, ...request }: ApprovalRequest,
  all: readonly SaidMeanwhile[],
): ApprovalRequest {
  const told = boundSaid(all);
  const next = { ...request, said: told, revision: request.revision + 1 };
  return { ...next, digest: digestRequest(next) };
}

/** @throws {BatonError} `DECISION_INVALID` */
export function applyEdit(
  shown: ApprovalRequest,
  checks: RequestChecks,
  { decision, by }: { readonly decision: Decision; readonly by: string },
): ApprovalRequest {
  // What was said of the old arguments is not said of the new ones.
  const { votes: _lapsed, ...request } = shown;
  const { action } = request;
  const args = parseCarried(decision, 'args', checks.args);
  try {
    const edited = {
      ...(checks.edited?.(args, request) ?? request),
      revision: request.revision + 1,
      ...(action === undefined ? {} : { action: { ...action, args } }),
      editedBy: by,
    };
    return { ...edited, digest: digestRequest(edited) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BatonError(
      'DECISION_INVALID',
      `Request ${request.id}: the edited arguments cannot be taken: ${why}`,
      { request: request.id },
      { cause: error },
    );
  }
}
