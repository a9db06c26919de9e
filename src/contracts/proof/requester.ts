/** Who asked for a run, proven by a token that is bound to the run's id and to its input. */
import { digest } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { RequesterClaims } from './claims.js';
import type { ApproverRegistry } from './approver.js';
import { verifySigner, createUnprovenError, type Signer } from './signer.js';
import { signClaims, type Signing } from './jws.js';

const REQUESTER_TYP = 'baton-requester+jwt';

/** Signs who asks for a run, before it is started; give it to `startRun` as `requester`. */
export function signRequester(
  run: { readonly workflowId: string; readonly input: Json | undefined },
  /** The run must have started before it expires. */
  signing: Signing,
): string {
  return signClaims(REQUESTER_TYP, signing, { workflowId: run.workflowId, input: digest(run.input ?? null) });
}

/**
 * The proven requester of a run.
 *
 * @param run - its id, the digest of its input, and when it started in milliseconds since 1970, as the server says.
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function readRequester(
  jws: string,
  run: { readonly workflowId: string; readonly startedAt: number; readonly input: string },
  registry: ApproverRegistry,
): Signer {
  const { claims, ...signer } = verifySigner<RequesterClaims>(jws, REQUESTER_TYP, registry, run.startedAt);
  if (claims.workflowId !== run.workflowId || claims.input !== run.input) {
    throw createUnprovenError(
      'other-run',
      `The requester's token is for another run than ${run.workflowId}.`,
      signer,
    );
  }
  return signer;
}
