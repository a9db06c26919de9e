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
import { digestRequest } from '../../contracts/proof/root.js';

/** What a request's decisions are checked against. */
export interface RequestChecks {
  readonly args?: Schema;
  readonly answer?: Schema;
  /** What is offered for an edited action, and who must decide on it. */
  readonly edited?: (args: Json, before: ApprovalRequest) => ApprovalRequest;
}

/** Of what is said a request tells so many, the newest. */
const SAID_AT_MOST = 5;

/** A new revision: what was decided on the one before counts no more, and its votes lapse. */
export function addSaid(
  { votes: _lapsed, ...request }: ApprovalRequest,
  said: SaidMeanwhile,
): ApprovalRequest {
  const told = [...(request.said ?? []), said].slice(-SAID_AT_MOST);
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
