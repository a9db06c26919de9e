/** The verbs that ask a person: `approval` for an approval or rejection, `ask` for an answer. */
import { defined } from '../../contracts/data/defined.js';
import type { RequestOption, Requirement } from '../../contracts/requests/request-parts.js';
import type { RequestedAction } from '../../contracts/requests/approval.js';
import { toRequestOptions } from '../../contracts/definitions/declared-option.js';
import { createOffer } from '../../contracts/requests/decision-options.js';
import type { ApprovalPolicySpecification } from '../../contracts/definitions/policy.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import { clip } from '../../contracts/data/preview.js';
import { assertQuorum } from '../../contracts/requests/requirement.js';
import { assertWireSchema, type Schema } from '../../contracts/data/schema.js';
import {
  planWaiting,
  type DecisionTimes,
  type WaitingTimes,
} from '../../contracts/definitions/waiting-times.js';
import { createCodeAnswers } from './ask-back.js';
import { waitForDecision, type DecisionWord } from './wait-for-decision.js';
import type { Ask } from './build-request.js';
import type { Run } from '../runtime/run.js';
import type { Voice } from '../requests/decider.js';

/** A question to a person, and how long the request may stay pending. */
export interface ApprovalQuestion
  extends DecisionTimes, Pick<ApprovalPolicySpecification, 'quorum' | 'notRequester' | 'options'> {
  /** The decision to make, in one sentence. */
  readonly question: string;
  /** The information that a person needs to decide; Markdown. */
  readonly details?: string;
  /** The eligible roles; default: anyone. Only signed decisions prove a role. */
  readonly roles?: readonly string[];
  /**
   * Answers a question that a person asks before deciding. Without it, people cannot ask back. If it fails, the request
   * says so.
   */
  readonly answer?: (question: string, by: string) => string | Promise<string>;
  /** `throw` (the default) fails with `REJECTED`; `return` returns the rejection. */
  readonly onReject?: 'throw' | 'return';
}

/** A question that a person may also answer by naming the agent that should have the task. */
export interface RedirectableQuestion<To extends string = string> extends ApprovalQuestion {
  /** The names that a person may choose from. */
  readonly redirectTo: readonly To[];
}

/** A person approved. */
export interface Approved {
  readonly outcome: 'approved';
  readonly by: string;
  readonly note?: string;
  /** The declared option that the person chose; absent for a plain approval. */
  readonly option?: string;
}

/** A person rejected, with the reason. */
export interface Rejected {
  readonly outcome: 'rejected';
  readonly by: string;
  readonly reason: string;
  /** The declared option that the person chose; absent for a plain rejection. */
  readonly option?: string;
}

/** A person redirected the task to another participant. */
export interface Redirected<To extends string = string> {
  readonly outcome: 'redirected';
  readonly to: To;
  readonly by: string;
  readonly reason?: string;
}

/** The verb `approval`: an orchestration asks a person to approve or reject. */
export async function askApproval(
  run: Run,
  wanted: ApprovalQuestion & Partial<RedirectableQuestion>,
): Promise<Approved | Rejected | Redirected> {
  const { verdict, request } = await awaitVerdict(run, wanted, {
    options: [createOffer('approve'), createOffer('reject')],
  });
  if (verdict.outcome === 'rejected' && (wanted.onReject ?? 'throw') === 'throw')
    throw createRejectedError(wanted.question, request, verdict);
  return verdict;
}

/** The request for something that a person may edit before approving it. */
export interface Reviewed {
  readonly action: RequestedAction;
  readonly argsSchema: Schema;
  /** The options to approve and reject, worded by their consequences. */
  readonly options: readonly RequestOption[];
}

/**
 * Asks a person to approve something that they may edit. Returns their decision and the value after the edits. A rejection
 * is returned, not thrown.
 */
export async function requestReview(
  run: Run,
  wanted: ApprovalQuestion,
  about: Reviewed,
): Promise<{ readonly verdict: Approved | Rejected | Redirected; readonly args: Json }> {
  const { verdict, args } = await awaitVerdict(run, wanted, about);
  return { verdict, args: args ?? about.action.args };
}

async function awaitVerdict(
  run: Run,
  wanted: ApprovalQuestion & Partial<RedirectableQuestion>,
  { options, ...about }: Pick<Reviewed, 'options'> & Partial<Reviewed>,
): Promise<{ verdict: Approved | Rejected | Redirected; args: Json | undefined; request: string }> {
  const { roles, quorum, notRequester, question, details, redirectTo } = wanted;
  const needs = toRequirement({ roles, quorum, notRequester });
  const declared = toRequestOptions(wanted.options ?? [], 'approval');
  const { ticket, means, voices, args } = await waitForDecision(run, {
    question,
    ...defined({ details, redirectTo, needs }),
    ...toWaits(wanted, 'approval'),
    answers: createCodeAnswers(run, wanted.answer),
    ...(roles === undefined ? {} : { askedOf: { roles } }),
    ...about,
    reason: 'asked-by-orchestration',
    askedBy: run.owner,
    path: run.scopes.next('approval'),
    options: [...options, ...declared],
  });
  const { request, to, by, reason } = ticket;
  const verdict =
    to === undefined
      ? toVerdict({ ...ticket, by: voices.length === 0 ? by : formatNames(voices) }, means)
      : { outcome: 'redirected' as const, to, by, ...defined({ reason }) };
  return { verdict, args, request };
}

/** The deadline, reminders and escalations. An invalid duration fails before a person is asked. */
function toWaits(wanted: DecisionTimes, owner: string): Pick<Ask, 'waits'> {
  const waits = planWaiting(wanted, owner);
  return waits === undefined ? {} : { waits };
}

function toRequirement({
  roles = [],
  quorum = 1,
  notRequester = false,
}: {
  readonly [K in 'roles' | 'quorum' | 'notRequester']: ApprovalQuestion[K] | undefined;
}): Requirement | undefined {
  assertQuorum(quorum, 'approval');
  if (roles.length === 0 && quorum === 1 && !notRequester) return undefined;
  return { roles, quorum, notRequester };
}

/** A question that a person answers with text or data instead of approving or rejecting. */
export interface OpenQuestion<Answer = string> extends WaitingTimes {
  /** The question, in one sentence. */
  readonly question: string;
  /** The information that a person needs to answer; Markdown. */
  readonly details?: string;
  /** The schema of an answer; default: text. */
  readonly answer?: Schema<Answer>;
}

/** A person's answer, checked against the question's schema if it has one. */
export interface Answered<Answer> {
  readonly answer: Answer;
  readonly by: string;
}

/** The verb `ask`: a person's answer that matches the question's schema. No model reads it on the way. */
export async function askPerson(run: Run, wanted: OpenQuestion<unknown>): Promise<Answered<unknown>> {
  const { answer: schema = jsonSchema.SomeText, question, details } = wanted;
  const path = run.scopes.next('question');
  assertWireSchema(schema, `question ${path}, answer`);
  const { ticket } = await waitForDecision(run, {
    question,
    ...defined({ details }),
    ...toWaits(wanted, `question ${path}`),
    reason: 'asked-by-orchestration',
    askedBy: run.owner,
    path,
    answerSchema: schema,
    options: [createOffer('answer')],
  });
  return { answer: ticket.answer, by: ticket.by };
}

/** The people who decided: one, or as many as the request needed. */
export function formatNames(voices: readonly Pick<Voice, 'by'>[]): string {
  return voices.map(({ by }) => by).join(' and ');
}

/** Why they decided, in their words; a declared option is a reason too. */
export function formatReason({ option, reason }: DecisionWord): string {
  return reason ?? (option === 'reject' ? '' : option);
}

function toVerdict(ticket: DecisionWord, means: string): Approved | Rejected {
  const { option, by, reason } = ticket;
  const declared = option === means ? {} : { option };
  if (means === 'reject') return { outcome: 'rejected', by, reason: formatReason(ticket), ...declared };
  return { outcome: 'approved', by, ...(reason ? { note: reason } : {}), ...declared };
}

function createRejectedError(question: string, request: string, verdict: Rejected): BatonError {
  return new BatonError(
    'REJECTED',
    `"${clip(question, 120)}" was rejected by ${verdict.by}: ${verdict.reason}`,
    { request, by: verdict.by, reason: verdict.reason },
  );
}
