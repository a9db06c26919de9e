/** A decision as its run takes it: signed on what was shown where the run asks for proof, else as a claim. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { SignedDecision } from '../../contracts/proof/claims.js';
import { findSigningKey } from '../../client/requests/key-file.js';
import { signShown } from '../../client/requests/sign-shown.js';
import { BatonError } from '../../contracts/errors.js';
import { currentUser } from '../input/current-user.js';
import type { SignerOptions } from './signer-options.js';

/** Who decides, by claim or by key. */
export interface Decider extends SignerOptions {
  readonly by?: string | undefined;
  /** How long a signed decision counts, in milliseconds. */
  readonly expires?: number | undefined;
}

export interface SignedOrClaimed {
  /** What is decided, with who decides. */
  readonly decision: Decision;
  /** What is sent. */
  readonly wire: Decision | SignedDecision;
}

/**
 * @throws {BatonError} `BAD_USAGE` when the options do not go with how this run knows who decides, and whatever
 * finding the key and {@link signShown} throw.
 */
export function signOrClaim(
  shown: WaitingRequest | undefined,
  wish: Omit<Decision, 'by'>,
  { by, as, key, expires }: Decider,
): SignedOrClaimed {
  if (shown?.signed) {
    if (by !== undefined) {
      throw new BatonError(
        'BAD_USAGE',
        `Request ${shown.id} takes signed decisions: who decides is whose key signs. Say --as SUBJECT or --key FILE instead of --by.`,
        { request: shown.id },
      );
    }
    const signer = findSigningKey({ file: key, subject: as });
    const { request: _request, revision: _revision, digest: _digest, ...said } = wish;
    const wire = signShown(shown, said, { ...signer, ...(expires === undefined ? {} : { forMs: expires }) });
    return { decision: { ...wish, by: signer.subject }, wire };
  }
  if (shown && (as !== undefined || key !== undefined || expires !== undefined)) {
    throw new BatonError(
      'BAD_USAGE',
      `The run of request ${shown.id} has no registry of approvers, so it cannot check a signature. Decide with --by NAME, which is a claim.`,
      { request: shown.id },
    );
  }
  const decision = { ...wish, by: by ?? as ?? currentUser() };
  return { decision, wire: decision };
}
