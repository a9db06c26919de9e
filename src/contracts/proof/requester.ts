/** Who asked for a run, proven by a token that is bound to one execution, its workflow type and its input. */
import { digest } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { RequesterClaims, RootRun } from './claims.js';
import type { ApproverRegistry } from './approver.js';
import { verifySigner, createUnprovenError, type Signer } from './signer.js';
import { signClaims, type Signing } from './jws.js';

const REQUESTER_TYP = 'baton-requester+jwt';

/** A run as whoever has started it knows it. */
export interface AskedRun extends RootRun {
  /** The workflow type. */
  readonly workflow: string;
  readonly input: Json | undefined;
}

/**
 * Signs who asks for a run, once it is started: only then its first execution has an id, and by that id the token is of no
 * use to any other run. `startRun` calls it as `requester`, and sends what it gives.
 */
export function signRequester(
  { workflowId, firstExecutionRunId, workflow, input }: AskedRun,
  /** The token must have come in before it expires. */
  signing: Signing,
): string {
  return signClaims(REQUESTER_TYP, signing, {
    workflowId,
    firstExecutionRunId,
    workflow,
    input: digest(input ?? null),
  });
}

/** A run waits for who asks for it before it does anything; what its history tells later is not looked at. */
export const ASKED_WITHIN_EVENTS = 20;

/** The token in what was sent; what has none says of nobody that they asked, and anybody may send it. */
export function readSentToken(sent: unknown): string | undefined {
  if (typeof sent !== 'object' || sent === null || !('requester' in sent)) return undefined;
  return typeof sent.requester === 'string' ? sent.requester : undefined;
}

/** A token as it came in to a run. */
export interface SentToken {
  readonly jws: string;
  /** When, as the server says: milliseconds since 1970. */
  readonly at: number;
}

/** What of a run a token is held against, as the server tells it. */
export interface StartedAs extends RootRun {
  readonly workflow: string;
  /** The digest of its input; one that no token has where it cannot be read. */
  readonly input: string;
}

/**
 * The proven requester of a run.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function readRequester({ jws, at }: SentToken, run: StartedAs, registry: ApproverRegistry): Signer {
  const { claims, ...signer } = verifySigner<RequesterClaims>(jws, REQUESTER_TYP, registry, at);
  const isOfRun = (['workflowId', 'firstExecutionRunId', 'workflow', 'input'] as const).every(
    (name) => claims[name] === run[name],
  );
  if (isOfRun) return signer;
  throw createUnprovenError(
    'other-run',
    `The requester's token is for another run than ${run.workflowId} (${run.firstExecutionRunId}).`,
    signer,
  );
}
