/**
 * Creates a new revision of a request: after an edit, and after a message to the run while the request is pending.
 * Approvers must know about it, and an earlier approval did not consider it.
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

/** The checks for a request's decisions. */
export interface RequestChecks {
  readonly args?: Schema;
  readonly answer?: Schema;
  /** The options for an edited action, and who must decide on it. */
  readonly edited?: (args: Json, before: ApprovalRequest) => ApprovalRequest;
}

/** Later messages do not displace the first ones. */
const FIRST_KEPT = 5;

/** A note replaces the omitted messages. */
function boundSaid(all: readonly SaidMeanwhile[]): SaidMeanwhile[] {
  if (all.length <= SAID_AT_MOST) return [...all];
  const newest = SAID_AT_MOST - FIRST_KEPT;
  const text = `(${all.length - SAID_AT_MOST} messages more were said here: see the conversation)`;
  return [...all.slice(0, FIRST_KEPT), { text }, ...all.slice(-newest)];
}

/** A new revision: decisions on the previous one no longer count, and its votes lapse. */
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
  // Votes for the old arguments do not count for the new ones.
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
