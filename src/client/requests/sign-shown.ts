/** Signs a decision on what a person is shown, and on nothing else: the digest is worked out from that. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { SignedDecision } from '../../contracts/proof/claims.js';
import { BatonError } from '../../contracts/errors.js';
import { actionDigest, questionDigest } from '../../contracts/proof/root.js';
import { signDecision } from '../../contracts/proof/signed-decision.js';
import type { SigningKey } from './key-file.js';

/** How long a signed decision counts unless it is said otherwise. */
const SIGNED_FOR_MS = 24 * 3_600_000;

export interface Signing extends SigningKey {
  /** How long it counts; never longer than the request waits. */
  readonly forMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/**
 * The digest of what is shown.
 *
 * @throws {BatonError} `NO_WORKER` when only a part is known, `DECISION_UNPROVEN` when the request names another digest.
 */
function digestShown(shown: WaitingRequest): string {
  const { id, run, tool, args, question, details, digest } = shown;
  if (!shown.whole || run === undefined) {
    throw new BatonError(
      'NO_WORKER',
      `Of request ${id} only a part is known, as no worker answers; what is not shown is not signed. Start a worker (\`baton worker\`).`,
      { request: id },
    );
  }
  const worked =
    tool === undefined
      ? questionDigest({ request: id, run, question, ...(details === undefined ? {} : { details }) })
      : actionDigest({ request: id, run, tool, args: args ?? null });
  if (worked === digest) return worked;
  throw new BatonError(
    'DECISION_UNPROVEN',
    `Request ${id} names the digest ${digest ?? 'of nothing'}, but what it shows has ${worked}. Nothing was signed: somebody shows you another action than the one that would be let happen.`,
    { why: 'not-what-is-shown', request: id, digest, shown: worked },
  );
}

/**
 * Signs a decision on a request as it is shown.
 *
 * @throws {BatonError} as {@link digestShown}.
 */
export function signShown(
  shown: WaitingRequest,
  decision: Omit<Decision, 'request' | 'revision' | 'digest'>,
  { subject, key, forMs = SIGNED_FOR_MS, now = Date.now() }: Signing,
): SignedDecision {
  const digest = digestShown(shown);
  const { id: request, revision } = shown;
  const ends = shown.deadline === undefined ? Number.POSITIVE_INFINITY : Date.parse(shown.deadline);
  const expires = Math.min(now + forMs, ends);
  return signDecision({ ...decision, request, revision, digest }, { subject, key, now, expires });
}
