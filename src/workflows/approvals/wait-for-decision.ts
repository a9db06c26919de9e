/** Asking a person and waiting for the decision: for seconds or months, holding no worker thread. */
import { defined } from '../../contracts/data/defined.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { AskedOf } from '../../contracts/requests/request-parts.js';
import { condition, proxyLocalActivities } from '@temporalio/workflow';
import type { BatonActivities } from '../../contracts/wire/activities.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { canonicalJson } from '../../contracts/data/canonical-json.js';
import { resolveOption, getOptionRow } from '../../contracts/requests/decision-options.js';
import { listDeclared, type DeclaredWords } from '../../contracts/proof/root.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import type { NoticeEvent } from '../../contracts/requests/notice.js';
import { clip } from '../../contracts/data/preview.js';
import { toSummaryText } from '../../contracts/data/within-bytes.js';
import { answerWhileOpen } from './ask-back.js';
import { createRequestChecks, buildRequest, type Ask } from './build-request.js';
import { findNextTimer, type RequestTimer } from '../requests/timers.js';
import { fromFailure } from '../runtime/failures.js';
import { hearUnanswered } from '../runtime/hear.js';
import type { Run } from '../runtime/run.js';
import type { Authority, Voice } from '../requests/decider.js';

/** What is known of a decision; where the deadline decided, nobody has spoken. */
export type DecisionWord = Pick<
  DecisionTicket,
  'request' | 'option' | 'by' | 'reason' | 'to' | 'answer' | 'questions'
> &
  Partial<Pick<DecisionTicket, 'identity'>>;

/** A decision, and the action that it was about: as it was asked, or as a person edited it. */
export interface Decided {
  readonly ticket: DecisionWord;
  /** What the option comes to: for one that a developer declared, yes or no. */
  readonly means: string;
  readonly args: Json | undefined;
  readonly editedBy: string | undefined;
  /** Who was meant, at last: also those whom it has gone on to. */
  readonly askedOf?: AskedOf | undefined;
  /** What was offered beside Baton's own options, in the words that were read. */
  readonly declared?: readonly DeclaredWords[] | undefined;
  /** What was said to the run meanwhile, as they have read it. */
  readonly said?: ApprovalRequest['said'] | undefined;
  /** Who asked for the run, as they have read it. */
  readonly requester?: string | undefined;
  /** Whose word it was: one, or as many as it needed. */
  readonly voices: readonly Voice[];
}

/**
 * Opens a request and waits until it is decided. A person may also end the whole run: then this never returns, and
 * the run is cancelled around it.
 *
 * @throws {BatonError} `APPROVAL_EXPIRED` when the deadline passes, unless that counts as a rejection; nothing was done.
 */
export async function waitForDecision(run: Run, wanted: Ask): Promise<Decided> {
  // From when they are asked, not from when it is known who may decide.
  const from = Date.now();
  const authority = await readAuthority(run, wanted.path);
  const request = open(run, wanted, authority, from);
  const answered = answerWhileOpen(run, request.id, wanted.path, wanted.answers);
  try {
    if (run.requests.outcome(request.id) === undefined) tell(run, 'opened', request.id, authority);
    await waitForOutcome(run, request, authority);
  } finally {
    // Reached undecided only when the step is cancelled: the request must not wait for ever.
    run.requests.close(request.id, 'withdrawn');
    answered();
    run.publish();
  }
  const settlement = run.requests.outcome(request.id);
  const last = run.requests.request(request.id) ?? request;
  tell(run, settlement?.kind === 'decided' ? 'decided' : 'expired', request.id, authority);
  if (settlement?.kind !== 'decided') return createExpiredError(last);
  const { ticket, voices } = settlement;
  if (getOptionRow(ticket.option).effect === 'end') return createAbortedError(run, ticket, request);
  const { action, editedBy, options, askedOf, said, requester } = last;
  const means = resolveOption(options, ticket.option);
  return {
    ticket,
    means,
    args: action?.args,
    editedBy,
    askedOf,
    declared: listDeclared(options),
    said,
    requester,
    voices,
  };
}

/** Nobody's silence is a yes: it is a no where that is declared, and else an error. */
function createExpiredError({
  id,
  question,
  deadline,
  onExpiry,
  action,
  editedBy,
}: ApprovalRequest): Decided {
  if (onExpiry === 'reject') {
    const reason = `Nobody decided before ${deadline}.`;
    const ticket = { request: id, option: 'reject', by: 'the deadline', reason };
    return { ticket, means: 'reject', args: action?.args, editedBy, voices: [] };
  }
  throw new BatonError(
    'APPROVAL_EXPIRED',
    `Nobody decided request ${id} ("${clip(question, 80)}") before ${deadline}. Nothing was done.`,
    { request: id, deadline },
  );
}

function tell(run: Run, event: NoticeEvent, id: string, { notices }: Authority): void {
  const request = run.requests.request(id);
  const settlement = run.requests.outcome(id);
  const ticket = settlement?.kind === 'decided' ? settlement.ticket : undefined;
  if (request) run.notices.send(run, notices, { event, request, ticket });
}

function open(run: Run, wanted: Ask, authority: Authority, from: number): ApprovalRequest {
  const request = buildRequest(run, wanted, authority, from);
  run.requests.open(request, createRequestChecks(run, wanted), authority);
  run.record(
    {
      kind: 'asked',
      request: request.id,
      question: request.question,
      askedBy: request.askedBy,
      ...defined({ confidence: request.confidence }),
      ...(request.deadline ? { deadline: request.deadline } : {}),
    },
    request.path,
  );
  hearUnanswered(run, request.id);
  return run.requests.request(request.id) ?? request;
}

async function waitForOutcome(run: Run, asked: ApprovalRequest, authority: Authority): Promise<void> {
  const { id, question } = asked;
  const done = (): boolean => run.requests.outcome(id) !== undefined;
  let known = asked;
  while (!done()) {
    const request = run.requests.request(id) ?? asked;
    if (hasNewTimes(known, request)) tell(run, 'opened', id, authority);
    known = request;
    const next = findNextTimer(request);
    // An edit may bring a policy that has times of its own.
    const stirred = (): boolean => done() || run.requests.request(id)?.revision !== request.revision;
    if (next === undefined) {
      await condition(stirred);
      continue;
    }
    const summary = toSummaryText(`${TIMERS[next.kind]}: ${clip(question, 80)}`);
    const inTime = await condition(stirred, Math.max(1, next.at - Date.now()), { summary });
    // Both may come at once, as when no worker was there: what somebody has said comes first.
    if (!inTime && !stirred()) applyMoment(run, request, next, authority);
  }
}

/** An edit has brought others who must decide, or taken away what some of several had said: none of them knows. */
function hasNewTimes(before: ApprovalRequest, now: ApprovalRequest): boolean {
  const { roles = [], quorum = 1 } = now.needs ?? {};
  const others = canonicalJson(roles) !== canonicalJson(before.needs?.roles ?? []);
  return now.revision !== before.revision && (others || quorum > 1);
}

const TIMERS: Readonly<Record<RequestTimer['kind'], string>> = {
  remind: 'reminder',
  escalate: 'escalation',
  expire: 'deadline',
};

function applyMoment(
  run: Run,
  { id, path }: Pick<ApprovalRequest, 'id' | 'path'>,
  moment: RequestTimer,
  authority: Authority,
): void {
  switch (moment.kind) {
    case 'remind':
      run.requests.remind(id, Date.now());
      run.record({ kind: 'reminded', request: id }, path);
      return tell(run, 'reminded', id, authority);
    case 'escalate':
      run.requests.widen(id, moment.step.roles);
      run.record({ kind: 'escalated', request: id, roles: moment.step.roles }, path);
      return tell(run, 'escalated', id, authority);
    case 'expire':
      run.requests.close(id, 'expired');
      run.record({ kind: 'expired', request: id }, path);
  }
}

function createAbortedError(
  run: Pick<Run, 'abort'>,
  ticket: DecisionTicket,
  request: ApprovalRequest,
): Promise<never> {
  return run.abort(
    new BatonError(
      'ABORTED',
      `${ticket.by} ended the run at "${clip(request.question, 120)}": ${ticket.reason ?? ''}`,
      { request: request.id, by: ticket.by, reason: ticket.reason },
    ),
  );
}

/** A registry that cannot be read is waited for: a run does not go on without knowing who may decide. */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** By what decisions on the request are proven: a worker says it when the request opens, and the history records it. */
async function readAuthority(run: Pick<Run, 'note' | 'rootRun'>, path: string): Promise<Authority> {
  const { readApprovers } = proxyLocalActivities<BatonActivities>({
    startToCloseTimeout: '30s',
    retry: RETRY,
  });
  try {
    const told = await readApprovers({ path, run: run.rootRun });
    if (told.requesterProblem !== undefined) {
      run.note(`Who asked for this run is not proven: ${told.requesterProblem}`, 'DECISION_UNPROVEN');
    }
    const { approvals, notices = [] } = told;
    const asker = told.requester === undefined ? undefined : { subject: told.requester };
    return { approvals, requester: asker, notices };
  } catch (error) {
    throw fromFailure(error);
  }
}
