/** A decision that its decider has signed: the whole of it, so that nothing about it is anybody else's word. */
import type { Decision } from '../requests/decision.js';
import { canonicalJson } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { DecisionClaims, SignedDecision } from './claims.js';
import type { ApproverRegistry } from './approver.js';
import { verifySigner, createUnprovenError, type Signed } from './signer.js';
import { signClaims, type Signing } from './jws.js';

const DECISION_TYP = 'baton-decision+jwt';

/** Signs a decision, for a person by their own key or for one whom a gateway has signed in by the gateway's. */
export function signDecision(
  { by: _claim, ...decision }: Decision,
  /** Once it has expired, it neither decides nor lets anything happen. */
  signing: Signing,
): SignedDecision {
  // What a JSON serializer would leave out is not signed.
  const own = { decision: JSON.parse(canonicalJson(decision)) as Json };
  return { signed: signClaims(DECISION_TYP, signing, own) };
}

/**
 * Who signed a decision, and what it says; whether it fits a request is another question.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function readSignedDecision(
  { signed }: SignedDecision,
  registry: ApproverRegistry,
  now: number,
): Signed<DecisionClaims> {
  const token = verifySigner<{ readonly decision?: unknown }>(signed, DECISION_TYP, registry, now);
  const { decision } = token.claims;
  if (typeof decision !== 'object' || decision === null || 'by' in decision) {
    throw createUnprovenError('malformed', 'The token holds no decision.', token);
  }
  return token as Signed<DecisionClaims>;
}
