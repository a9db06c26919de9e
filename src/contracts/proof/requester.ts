/** The requester of a run, proven by a token that is bound to one execution, its workflow type and its input. */
import { digest } from '../data/canonical-json.js';
import type { Json } from '../data/json.js';
import type { RequesterClaims, RootRun } from './claims.js';
import type { ApproverRegistry } from './approver.js';
import { verifySigner, createUnprovenError, type Signer } from './signer.js';
import { signClaims, type Signing } from './jws.js';

const REQUESTER_TYP = 'baton-requester+jwt';

/** A run as the client that started it knows it. */
export interface AskedRun extends RootRun {
  /** The workflow type. */
  readonly workflow: string;
  readonly input: Json | undefined;
}

/**
 * Signs the requester of a run after its start, since only then its first execution has an id. The token contains that
 * id, so it is useless for any other run. `startRun` calls this function as `requester` and sends the result.
 */
export function signRequester(
  { workflowId, firstExecutionRunId, workflow, input }: AskedRun,
  /** The run must receive the token before it expires. */
  signing: Signing,
): string {
  return signClaims(REQUESTER_TYP, signing, {
    workflowId,
    firstExecutionRunId,
    workflow,
    input: digest(input ?? null),
  });
}

/** A run waits for the requester's token before it does anything, so later parts of its history are not searched. */
export const ASKED_WITHIN_EVENTS = 20;

/** The token in a signal. Anyone can send one, so a signal without a token proves nothing. */
export function readSentToken(sent: unknown): string | undefined {
  if (typeof sent !== 'object' || sent === null || !('requester' in sent)) return undefined;
  return typeof sent.requester === 'string' ? sent.requester : undefined;
}

/** A token as a run received it. */
export interface SentToken {
  readonly jws: string;
  /** When it arrived, as the server reports it: milliseconds since 1970. */
  readonly at: number;
}

/** The properties of a run that a token must match, as the server reports them. */
export interface StartedAs extends RootRun {
  readonly workflow: string;
  /** The digest of its input. If the input can't be read, a value that no token contains. */
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
