/** The one place where a decision becomes somebody's: signed where the run asks for that, else as a claim. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { SignedDecision } from '../../contracts/proof/claims.js';
import { BatonError } from '../../contracts/errors.js';
import type { PrivateKey } from '../../contracts/proof/jws.js';
import { signDecision } from '../../contracts/proof/signed-decision.js';

/**
 * A person's own key, or that of a gateway that says who has signed in here. Which of them it is, and for whom it may
 * speak, the registry of the worker says.
 */
export type SigningKey = Pick<PrivateKey, 'd' | 'kid'>;

/** A decision that is not taken up within this time has to be made again. */
const LIFE_MS = 24 * 3_600_000;

/**
 * Whoever is signed in decides.
 *
 * @throws {BatonError} `DECISION_UNPROVEN` when the run wants a signature and this page has no key.
 */
export function sign(
  decision: Omit<Decision, 'by'>,
  subject: string,
  { signed, deadline }: Pick<WaitingRequest, 'signed' | 'deadline'>,
  key: SigningKey | undefined,
): Decision | SignedDecision {
  if (signed === undefined) return { ...decision, by: subject };
  if (key === undefined) {
    throw new BatonError(
      'DECISION_UNPROVEN',
      'Decisions of this run count only when they are signed, and this page has no key. Start it with --key FILE.',
      { subject },
    );
  }
  const now = Date.now();
  const expires = Math.min(
    now + LIFE_MS,
    deadline === undefined ? Number.POSITIVE_INFINITY : Date.parse(deadline),
  );
  return signDecision(decision, { subject, key, now, expires });
}
