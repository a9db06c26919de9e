/** Whose word a decision is, and whether it may count: proven by a signature, or as it is claimed. */
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

/** By what a request's decisions are proven. */
export interface Authority {
  readonly approvals: ApprovalMode;
  readonly requester: Requester;
  /** By what people are told of what waits for them. */
  readonly notices: readonly NoticeChannel[];
}

/** Who speaks, and how that is known. */
export type Voice = Pick<DecisionTicket, 'by' | 'identity' | 'kid' | 'gateway'> & {
  /** The decision as it was signed. */
  readonly signed?: string;
};

/** The votes once one more is counted. */
export interface Count {
  readonly votes: readonly Vote[];
  readonly have: number;
  readonly need: number;
  /** Who say the same as the one that was counted. */
  readonly agree: readonly string[];
}

/** Which request a decision is about, before anything of it is believed. */
export function parseRequestWire(wire: unknown): string {
  if (!isSigned(wire)) return parseDecision(wire).request;
  const claims = jws.readToken(wire.signed)?.claims as
    { readonly decision?: { readonly request?: unknown } } | undefined;
  const request = claims?.decision?.request;
  if (typeof request === 'string') return request;
  throw new BatonError('DECISION_UNPROVEN', '"signed" is no signed decision: a compact JWS over one.', {
    why: 'malformed',
  });
}

/**
 * The decision, and who speaks, where they may.
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

/** Who must decide; where no more is said than who is meant, they are. */
function toNeeds({ needs, askedOf }: ApprovalRequest): Requirement {
  return needs ?? { ...ANYBODY, roles: askedOf?.roles ?? [] };
}

/** The votes for an option, or for one answer, once this one is counted; undefined where one person's word is enough. */
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
  // Who says something else now, said the other thing before.
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

/** What a signature is bound to: exactly what was shown. */
function assertWhatWasShown({ id, revision, digest }: ApprovalRequest, decision: Decision): void {
  if (decision.revision === revision && decision.digest === digest) return;
  const missing = decision.revision === undefined || (digest !== undefined && decision.digest === undefined);
  throw new BatonError(
    missing ? 'DECISION_UNPROVEN' : 'REQUEST_CHANGED',
    missing
      ? `A signed decision on request ${id} names its revision and its digest.`
      : `Request ${id} is now revision ${revision} with the digest ${digest}: another than was signed for. Look at it again, and sign anew.`,
    { why: 'not-bound', request: id, revision, digest },
  );
}

function isSigned(wire: unknown): wire is { readonly signed: string } {
  return typeof wire === 'object' && wire !== null && 'signed' in wire && typeof wire.signed === 'string';
}
