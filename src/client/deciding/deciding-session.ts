/**
 * One way to decide a request, for the CLI, the inbox and tests. It checks that the data on screen gives the digest of
 * the decision, signs or claims the decision, and sends it or leaves it with the server. The result is the decision as
 * sent.
 */
import type { Client } from '@temporalio/client';
import { defined } from '../../contracts/data/defined.js';
import type { Decision, Without } from '../../contracts/requests/decision.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { resolveOption, getOptionRow } from '../../contracts/requests/decision-options.js';
import { BatonError, type ErrorCode } from '../../contracts/errors.js';
import type { PrivateKey } from '../../contracts/proof/jws.js';
import type { SignedDecision } from '../../contracts/proof/claims.js';
import { signDecision } from '../../contracts/proof/signed-decision.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { createNoWorkerError, LEAVE_IT } from '../runs/no-worker.js';
import { assertServed, decide, queueDecision } from '../requests/decide.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { getOptionWords } from '../text/option-words.js';
import { toBinding } from './binding.js';
import { readRunFacts } from './run-facts.js';

/** The default lifetime of a signed decision; never longer than its request waits. */
const SIGNED_FOR_MS = 24 * 3_600_000;

/** The key that signs: a person's own, or that of a gateway that has signed the person in. */
export interface Signer {
  readonly subject: string;
  readonly key: Pick<PrivateKey, 'd' | 'kid'>;
  /** The lifetime of its signatures. */
  readonly forMs?: number | undefined;
}

export interface Deciding {
  /** The request as the approver saw it; undefined if there is nothing to show. The run then explains why. */
  readonly shown: WaitingRequest | undefined;
  /** The approver's claimed name. It counts only if decisions are not signed. */
  readonly by: string;
  /** Called if decisions are signed. */
  readonly signer?: (() => Signer) | undefined;
  /** Whether to leave the decision with the server if no worker accepts it now. */
  readonly leave?: (() => boolean | Promise<boolean>) | undefined;
}

export interface Sent {
  /** The decision as sent, with its author. */
  readonly decision: Decision;
  /** Undefined if the decision is left with the server. */
  readonly ticket?: DecisionTicket;
}

/** With these errors, the decision can wait with the server. */
const NOT_NOW: readonly ErrorCode[] = ['NO_WORKER', 'ORCHESTRATION_HELD', 'UNKNOWN_WORKFLOW'];

/**
 * Decides the request on screen.
 *
 * @param said - its digest (which may be shortened) and revision are those that the approver has seen.
 * @throws {BatonError} `REQUEST_CHANGED` if they have seen another; `DIGEST_MISMATCH` if the data on screen does not
 * give the digest; `NO_WORKER` if only a part is known; `DECISION_UNPROVEN` if there is no signer; and the errors of
 * {@link decide}.
 */
export async function decideShown(
  client: Client,
  said: Without<'by'>,
  { shown, by, signer, leave = () => false }: Deciding,
): Promise<Sent> {
  if (shown === undefined) {
    // No one has seen the request, so the decision must not count. The run reports what happened to it.
    const decision = { digest: 'unseen', ...said, by };
    return { decision, ticket: toSent(await decide(client, decision), decision) };
  }
  assertSeen(shown, said);
  const left = !shown.whole && (await leave());
  await assertAsShown(client, shown, { option: said.option, left });
  const { decision, wire } = signOrClaim(shown, said, { by, signer });
  if (!left) {
    try {
      return { decision, ticket: toSent(await decide(client, wire), decision) };
    } catch (error) {
      const waits = error instanceof BatonError && NOT_NOW.includes(error.code);
      if (!waits || !shown.whole || !(await leave())) throw error;
    }
  }
  await queueDecision(client, wire);
  return { decision };
}

/** A ticket comes from the run, so the decision and its author are reported as they were sent. */
function toSent(ticket: DecisionTicket, { request, option, by, to, reason }: Decision): DecisionTicket {
  const { by: told, to: _to, reason: _reason, ...rest } = ticket;
  return { ...rest, request, option, by: by ?? told, ...defined({ to, reason }) };
}

/** An edited request can only be approved by naming its revision. */
function assertSeen(shown: WaitingRequest, { digest: meant, revision: seen, option }: Without<'by'>): void {
  const { id, digest, revision, options, editedBy, said = [] } = shown;
  if (digest === undefined) return;
  const other = meant !== undefined && !digest.startsWith(meant.toLowerCase());
  const unnamed = meant === undefined && resolveOption(options, option) === 'approve' && revision > 1;
  if (!unnamed && !other && (seen ?? revision) === revision) return;
  const why = unnamed
    ? said.length > 0
      ? 'has new messages, and'
      : `was edited${editedBy === undefined ? '' : ` by ${editedBy}`}, and`
    : 'is another one now: it';
  throw new BatonError(
    'REQUEST_CHANGED',
    `The action of request ${id} ${why} is revision ${revision}. Look at it, then name it: --digest ${digest.slice(0, 12)}`,
    { request: id, revision, digest },
  );
}

/** No one decides on data that they did not see. Rejecting or claiming a partly known request is harmless. */
async function assertAsShown(
  client: Client,
  shown: WaitingRequest,
  { option, left }: { readonly option: string; readonly left: boolean },
): Promise<void> {
  const { id, digest, signed } = shown;
  const { run } = await readRunFacts(client, id);
  const binding = toBinding(shown, run);
  if (binding === 'differs') {
    throw new BatonError(
      'DIGEST_MISMATCH',
      `Request ${id} names the digest ${digest ?? 'of nothing'}, but the shown action has another digest. Nothing was sent: you may be looking at another action than the one that would run.`,
      { request: id, digest },
    );
  }
  const harmless = getOptionWords(option).tone === 'no' || getOptionRow(option).effect === 'claim';
  if (binding !== 'unchecked' || (!signed && (left || harmless))) return;
  // If the server knows why the worker does not respond, report that first.
  await assertServed(client, id);
  throw createNoWorkerError({
    workflowId: parseRequestId(id)?.workflowId ?? id,
    what: `of request ${id} only a part is known, and nothing was sent`,
    ...(signed ? { after: 'Only a request that is shown in full can be signed.' } : { or: LEAVE_IT }),
    facts: { request: id },
  });
}

/** The only place that sets a decision's author: signed if the run requires it, else claimed. */
function signOrClaim(
  { id: request, signed, digest: bound, revision, deadline }: WaitingRequest,
  { digest: _meant, revision: _seen, ...said }: Without<'by'>,
  { by, signer }: Pick<Deciding, 'by' | 'signer'>,
): { readonly decision: Decision; readonly wire: Decision | SignedDecision } {
  const digest = bound === undefined ? {} : { digest: bound };
  if (!signed) {
    // An abort ends the run no matter what it waits for, so it needs no digest.
    const decision = {
      ...said,
      ...(getOptionRow(said.option).effect === 'end' ? {} : digest),
      by,
    } as Decision;
    return { decision, wire: decision };
  }
  if (signer === undefined) {
    throw new BatonError(
      'DECISION_UNPROVEN',
      'Decisions of this run count only when they are signed, and there is no key here. Start with --key FILE.',
      { why: 'unsigned', request },
    );
  }
  const { subject, key, forMs = SIGNED_FOR_MS } = signer();
  const decision = { ...said, revision, ...digest, by: subject } as Decision;
  const now = Date.now();
  const ends = deadline === undefined ? Number.POSITIVE_INFINITY : Date.parse(deadline);
  return {
    decision,
    wire: signDecision(decision, { subject, key, now, expires: Math.min(now + forMs, ends) }),
  };
}
