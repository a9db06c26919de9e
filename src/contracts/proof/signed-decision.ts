/** A signed decision: the signature covers all of it, so that no part can come from someone else. */
import type { Decision } from '../requests/decision.js';
import { canonicalJson } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { DecisionClaims, SignedDecision } from './claims.js';
import type { ApproverRegistry } from './approver.js';
import { verifySigner, createUnprovenError, type Signed } from './signer.js';
import { signClaims, type Signing } from './jws.js';

const DECISION_TYP = 'baton-decision+jwt';

/** Signs a decision: with the person's own key, or with the key of a gateway that has signed the person in. */
export function signDecision(
  { by: _claim, ...decision }: Decision,
  /** After its expiry, the decision neither decides nor permits an action. */
  signing: Signing,
): SignedDecision {
  // A JSON serializer would omit undefined properties, so they are not signed.
  const own = { decision: JSON.parse(canonicalJson(decision)) as Json };
  return { signed: signClaims(DECISION_TYP, signing, own) };
}

/**
 * The signer of a decision, and its content. Does not check whether it fits a request.
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
