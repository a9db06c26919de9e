/** Finds who made a decision, and whether it may count: proven by a signature, or as claimed. */
import { defined } from '../../contracts/data/defined.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { Requirement, Vote } from '../../contracts/requests/request-parts.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { resolveOption, getOptionRow } from '../../contracts/requests/decision-options.js';
import { canonicalJson } from '../../contracts/data/canonical-json.js';
import { BatonError } from '../../contracts/errors.js';
import type { NoticeChannel } from '../../contracts/requests/notice.js';
import type { Json } from '../../contracts/data/json.js';
import type { ApprovalMode } from '../../contracts/proof/approver.js';
import type { Requester } from '../../contracts/proof/eligible.js';
import * as /* webpackDefer: true */ eligible from '../../contracts/proof/eligible.js';
import { ANYBODY } from '../../contracts/requests/requirement.js';
import * as /* webpackDefer: true */ jws from '../../contracts/proof/jws.js';
import * as /* webpackDefer: true */ signing from '../../contracts/proof/signed-decision.js';
import { parseDecision } from './parse-decision.js';

/** How a request's decisions are verified. */
export interface Authority {
  readonly approvals: ApprovalMode;
  readonly requester: Requester;
  /** How people learn about their pending requests. */
  readonly notices: readonly NoticeChannel[];
}

/** The author of a decision, and how their identity is known. */
export type Voice = Pick<DecisionTicket, 'by' | 'identity' | 'kid' | 'gateway'> & {
  /** The signed decision. */
  readonly signed?: string;
};

/** The votes including one more. */
export interface Count {
  readonly votes: readonly Vote[];
  readonly have: number;
  readonly need: number;
  /** The people who voted for the same. */
  readonly agree: readonly string[];
}

/** Which request a decision is about, before any of it is verified. */
export function parseRequestWire(wire: unknown): string {
  if (!isSigned(wire)) return parseDecision(wire).request;
  const claims = jws.readToken(wire.signed)?.claims as
    { readonly decision?: { readonly request?: unknown } } | undefined;
  const request = claims?.decision?.request;
  if (typeof request === 'string') return request;
  throw new BatonError('DECISION_UNPROVEN', '"signed" is not a signed decision: a compact JWS over one.', {
    why: 'malformed',
  });
}

/**
 * The decision, and its author, if they are eligible.
 *
 * @throws {BatonError} `DECISION_MALFORMED` or `DECISION_UNPROVEN`.
 */
export function authenticate(
  wire: unknown,
  request: ApprovalRequest,
  { approvals, requester }: Authority,
  now: number,
): { readonly decision: Decision; readonly voice: Voice } {
  if (approvals.mode === 'unauthenticated') {
    if (isSigned(wire)) {
      throw new BatonError(
        'DECISION_MALFORMED',
        `The run of request ${request.id} has no registry of approvers, so it cannot check a signature. Send the decision as it is.`,
        { request: request.id },
      );
    }
    const decision = parseDecision(wire);
    return { decision, voice: { by: decision.by ?? 'someone unnamed', identity: 'claimed' } };
  }
  if (!isSigned(wire)) {
    throw new BatonError(
      'DECISION_UNPROVEN',
      `Request ${request.id} takes signed decisions only: { "signed": "<compact JWS>" }.`,
      { why: 'unsigned', request: request.id },
    );
  }
  const { claims, subject, kid, gateway, roles } = signing.readSignedDecision(wire, approvals.registry, now);
  const decision = parseDecision(claims.decision);
  eligible.assertEligible({ subject, kid, roles }, toNeeds(request), requester);
  assertWhatWasShown(request, decision);
  const identity = gateway === undefined ? 'signed' : 'gateway';
  const voice = { by: subject, identity, kid, ...defined({ gateway }) } as const;
  return { decision, voice: { ...voice, signed: wire.signed } };
}

/** The people who must decide. If the request only names a person, that person must. */
function toNeeds({ needs, askedOf }: ApprovalRequest): Requirement {
  return needs ?? { ...ANYBODY, roles: askedOf?.roles ?? [] };
}

/** The votes for an option, or for one answer, including this one; undefined when one decision is enough. */
export function tallyVote(
  { id, needs, votes = [], options }: ApprovalRequest,
  { option, reason }: Decision,
  by: string,
  decidedAt: string,
  answer?: Json,
): Count | undefined {
  const { effect } = getOptionRow(resolveOption(options, option));
  if (needs === undefined || needs.quorum === 1 || effect !== 'vote') return undefined;
  const said = { option, ...defined({ answer }) };
  const agrees = (vote: Vote): boolean => isSameWord(vote, said);
  if (votes.some((vote) => vote.by === by && agrees(vote))) {
    throw new BatonError(
      'ALREADY_DECIDED',
      `${by} has said "${option}" to request ${id} already; it needs ${needs.quorum} different people.`,
      { request: id, by },
    );
  }
  const vote = { by, ...said, decidedAt, ...defined({ reason }) };
  // A person's new vote replaces their earlier one.
  const all = [...votes.filter((other) => other.by !== by), vote];
  const agree = all.filter(agrees).map((each) => each.by);
  return { votes: all, have: agree.length, need: needs.quorum, agree };
}

type Said = Pick<Vote, 'option' | 'answer'>;

function isSameWord(one: Said, other: Said): boolean {
  return (
    one.option === other.option && canonicalJson(one.answer ?? null) === canonicalJson(other.answer ?? null)
  );
}

/** A signature covers exactly what was shown. */
function assertWhatWasShown({ id, revision, digest }: ApprovalRequest, decision: Decision): void {
  if (decision.revision === revision && decision.digest === digest) return;
  const missing = decision.revision === undefined || (digest !== undefined && decision.digest === undefined);
  throw new BatonError(
    missing ? 'DECISION_UNPROVEN' : 'REQUEST_CHANGED',
    missing
      ? `A signed decision on request ${id} names its revision and its digest.`
      : `Request ${id} is now revision ${revision} with the digest ${digest}: different from the signed one. Look at it again, and sign again.`,
    { why: 'not-bound', request: id, revision, digest },
  );
}

function isSigned(wire: unknown): wire is { readonly signed: string } {
  return typeof wire === 'object' && wire !== null && 'signed' in wire && typeof wire.signed === 'string';
}
