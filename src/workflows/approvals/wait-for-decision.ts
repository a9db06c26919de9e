/** Asks a person and waits for the decision, for seconds or months, without blocking a worker thread. */
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

/** The known facts about a decision. When the deadline decided, it names no person. */
export type DecisionWord = Pick<
  DecisionTicket,
  'request' | 'option' | 'by' | 'reason' | 'to' | 'answer' | 'questions'
> &
  Partial<Pick<DecisionTicket, 'identity'>>;

/** A decision, and the action that it is about: as requested, or as a person edited it. */
export interface Decided {
  readonly ticket: DecisionWord;
  /** The meaning of the option: approve or reject for a declared option. */
  readonly means: string;
  readonly args: Json | undefined;
  readonly editedBy: string | undefined;
  /** The people who were finally asked, including those it escalated to. */
  readonly askedOf?: AskedOf | undefined;
  /** The declared options besides Baton's own, in the words that people read. */
  readonly declared?: readonly DeclaredWords[] | undefined;
  /** The messages to the run meanwhile, as people have read them. */
  readonly said?: ApprovalRequest['said'] | undefined;
  /** The requester of the run, as people have read it. */
  readonly requester?: string | undefined;
  /** The people who decided: one, or as many as the request needed. */
  readonly voices: readonly Voice[];
}

/**
 * Opens a request and waits until it is decided. A person may also abort the whole run: then this never returns, and the
 * run is cancelled around it.
 *
 * @throws {BatonError} `APPROVAL_EXPIRED` when the deadline passes, unless that counts as a rejection; nothing was done.
 */
export async function waitForDecision(run: Run, wanted: Ask): Promise<Decided> {
  // Times count from when people are asked, not from when the approvers are known.
  const from = Date.now();
  const authority = await readAuthority(run, wanted.path);
  const request = open(run, wanted, authority, from);
  const answered = answerWhileOpen(run, request.id, wanted.path, wanted.answers);
  try {
    if (run.requests.outcome(request.id) === undefined) tell(run, 'opened', request.id, authority);
    await waitForOutcome(run, request, authority);
  } finally {
    // Reached undecided only when the step is cancelled: the request must not stay open forever.
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

/** Silence never approves. It rejects if that is declared, and is an error otherwise. */
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
    // An edit may apply a policy with its own times.
    const stirred = (): boolean => done() || run.requests.request(id)?.revision !== request.revision;
    if (next === undefined) {
      await condition(stirred);
      continue;
    }
    const summary = toSummaryText(`${TIMERS[next.kind]}: ${clip(question, 80)}`);
    const inTime = await condition(stirred, Math.max(1, next.at - Date.now()), { summary });
    // Both may be due at once, e.g. after a time without a worker: a person's decision comes first.
    if (!inTime && !stirred()) applyMoment(run, request, next, authority);
  }
}

/** An edit has changed who must decide, or cleared earlier votes, and these people do not know it yet. */
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

/** Waits for a registry that cannot be read: a run does not continue without knowing its approvers. */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** How decisions on the request are verified: a worker states it when the request opens, and the history records it. */
async function readAuthority(run: Pick<Run, 'note' | 'rootRun'>, path: string): Promise<Authority> {
  const { readApprovers } = proxyLocalActivities<BatonActivities>({
    startToCloseTimeout: '30s',
    retry: RETRY,
  });
  try {
    const told = await readApprovers({ path, run: run.rootRun });
    if (told.requesterProblem !== undefined) {
      run.note(`The requester of this run is not proven: ${told.requesterProblem}`, 'DECISION_UNPROVEN');
    }
    const { approvals, notices = [] } = told;
    const asker = told.requester === undefined ? undefined : { subject: told.requester };
    return { approvals, requester: asker, notices };
  } catch (error) {
    throw fromFailure(error);
  }
}
