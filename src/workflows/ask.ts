/** Asking a person and waiting for the decision: for seconds or months, holding no worker thread. */
import { condition, workflowInfo } from '@temporalio/workflow';
import type {
  ApprovalRequest,
  AskedOf,
  DecisionTicket,
  RequestedAction,
  RequestOption,
  RequestReason,
} from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import * as /* webpackDefer: true */ jsonSchema from '../contracts/json-schema.js';
import type { NoticeEvent } from '../contracts/notice.js';
import { preview } from '../contracts/preview.js';
import type { Requirement } from '../contracts/proof/requirement.js';
import { actionDigest, questionDigest, requestAt } from '../contracts/proof/root.js';
import type { Schema } from '../contracts/schema.js';
import { summaryText } from '../contracts/user-metadata.js';
import type { WaitingPlan } from '../contracts/waiting-times.js';
import { readAuthority } from './authority.js';
import { nextMoment, timesFrom, type Moment } from './moments.js';
import type { Run } from './run.js';
import type { Authority, Voice } from './voices.js';

export interface Ask {
  readonly reason: RequestReason;
  readonly question: string;
  readonly details?: string;
  readonly askedBy: string;
  /** Which person is meant, where one is. */
  readonly askedOf?: AskedOf;
  readonly path: string;
  readonly action?: RequestedAction;
  /** What the question itself offers, for the action with these arguments; what every question offers is added. */
  readonly options: readonly RequestOption[] | ((args: Json) => readonly RequestOption[]);
  /** Lets a person change the action's arguments to what fits this. */
  readonly argsSchema?: Schema;
  /** Lets a person answer with what fits this. */
  readonly answerSchema?: Schema;
  /** Lets a person give the task to one of these. */
  readonly redirectTo?: readonly string[];
  /** Who must decide, and how many; anybody without. */
  readonly needs?: Requirement | ((args: Json) => Requirement | undefined);
  /** When people are told again, whom it goes on to, and when it ends; with other arguments as their policy says. */
  readonly waits?: WaitingPlan | ((args: Json) => WaitingPlan | undefined);
}

/** What is known of a decision; where the deadline decided, nobody has spoken. */
export type Word = Pick<
  DecisionTicket,
  'request' | 'option' | 'by' | 'reason' | 'to' | 'answer' | 'questions'
>;

/** A decision, and the action that it was about: as it was asked, or as a person edited it. */
export interface Decided {
  readonly ticket: Word;
  readonly args: Json | undefined;
  readonly editedBy: string | undefined;
  /** Whose word it was: one, or as many as it needed. */
  readonly voices: readonly Voice[];
}

/**
 * Opens a request and waits until it is decided. A person may also end the whole run: then this never returns, and
 * the run is cancelled around it.
 *
 * @throws {BatonError} `APPROVAL_EXPIRED` when the deadline passes, unless that counts as a rejection; nothing was done.
 */
export async function ask(run: Run, wanted: Ask): Promise<Decided> {
  // From when they are asked, not from when it is known who may decide.
  const from = Date.now();
  const authority = await readAuthority(run, wanted.path);
  const request = open(run, wanted, authority, from);
  try {
    tell(run, 'opened', request.id, authority);
    await settled(run, request, authority);
  } finally {
    // Reached undecided only when the step is cancelled: the request must not wait for ever.
    run.requests.withdraw(request.id);
    run.changed();
  }
  const settlement = run.requests.settlement(request.id);
  const last = run.requests.request(request.id) ?? request;
  tell(run, settlement?.kind === 'decided' ? 'decided' : 'expired', request.id, authority);
  if (settlement?.kind !== 'decided') return expired(last);
  const { ticket, voices } = settlement;
  if (ticket.option === 'abort') return aborted(run, ticket, request);
  const { action, editedBy } = last;
  return { ticket, args: action?.args, editedBy, voices };
}

/** Nobody's silence is a yes: it is a no where that is declared, and else an error. */
function expired({ id, question, deadline, onExpiry, action, editedBy }: ApprovalRequest): Decided {
  if (onExpiry === 'reject') {
    const reason = `Nobody decided before ${deadline}.`;
    const ticket = { request: id, option: 'reject', by: 'the deadline', reason };
    return { ticket, args: action?.args, editedBy, voices: [] };
  }
  throw new BatonError(
    'APPROVAL_EXPIRED',
    `Nobody decided request ${id} ("${preview(question, 80)}") before ${deadline}. Nothing was done.`,
    { request: id, deadline },
  );
}

function tell(run: Run, event: NoticeEvent, id: string, { notices }: Authority): void {
  const request = run.requests.request(id);
  if (notices && request) run.notices.send(run, event, request);
}

function open(run: Run, wanted: Ask, authority: Authority, from: number): ApprovalRequest {
  const request = compose(run, wanted, authority, from);
  const { action } = wanted;
  const checks = {
    ...(wanted.argsSchema === undefined ? {} : { args: wanted.argsSchema }),
    ...(wanted.answerSchema === undefined ? {} : { answer: wanted.answerSchema }),
    ...(action === undefined
      ? {}
      : {
          digestOf: (args: Json) => digestOf(run, request.id, { tool: action.tool, args }),
          edited: (args: Json, before: ApprovalRequest) => afterEdit(wanted, args, before),
        }),
  };
  run.requests.open(request, checks, authority);
  run.record(
    {
      kind: 'asked',
      request: request.id,
      question: request.question,
      askedBy: request.askedBy,
      ...(request.deadline ? { deadline: request.deadline } : {}),
    },
    request.path,
  );
  return request;
}

async function settled(run: Run, asked: ApprovalRequest, authority: Authority): Promise<void> {
  const { id, question } = asked;
  const done = (): boolean => run.requests.settlement(id) !== undefined;
  while (!done()) {
    const request = run.requests.request(id) ?? asked;
    const next = nextMoment(request);
    // An edit may bring a policy that has times of its own.
    const stirred = (): boolean => done() || run.requests.request(id)?.revision !== request.revision;
    if (next === undefined) {
      await condition(stirred);
      continue;
    }
    const summary = summaryText(`${TIMERS[next.kind]}: ${preview(question, 80)}`);
    if (await condition(stirred, Math.max(1, next.at - Date.now()), { summary })) continue;
    happens(run, request, next, authority);
  }
}

const TIMERS: Readonly<Record<Moment['kind'], string>> = {
  remind: 'reminder',
  escalate: 'escalation',
  expire: 'deadline',
};

function happens(
  run: Run,
  { id, path }: Pick<ApprovalRequest, 'id' | 'path'>,
  moment: Moment,
  authority: Authority,
): void {
  switch (moment.kind) {
    case 'remind':
      run.requests.remind(id);
      run.record({ kind: 'reminded', request: id }, path);
      return tell(run, 'reminded', id, authority);
    case 'escalate':
      run.requests.widen(id, moment.step.roles);
      run.record({ kind: 'escalated', request: id, roles: moment.step.roles }, path);
      return tell(run, 'escalated', id, authority);
    case 'expire':
      run.requests.expire(id);
      run.record({ kind: 'expired', request: id }, path);
  }
}

function aborted(run: Run, ticket: DecisionTicket, request: ApprovalRequest): Promise<never> {
  return run.abort(
    new BatonError(
      'ABORTED',
      `${ticket.by} ended the run at "${preview(request.question, 120)}": ${ticket.reason ?? ''}`,
      { request: request.id, by: ticket.by, reason: ticket.reason },
    ),
  );
}

function compose(run: Run, wanted: Ask, { approvals }: Authority, from: number): ApprovalRequest {
  const { workflowId } = workflowInfo();
  const id = requestAt({ workflowId, root: run.root }, wanted.path);
  const now = Date.now();
  const { action, details, redirectTo = [] } = wanted;
  const known = details === undefined ? {} : { details };
  return {
    v: 1,
    revision: 1,
    id,
    reason: wanted.reason,
    question: wanted.question,
    askedBy: wanted.askedBy,
    ...(wanted.askedOf === undefined ? {} : { askedOf: wanted.askedOf }),
    path: wanted.path,
    ...known,
    run: run.root,
    ...(approvals.mode === 'signed' ? { signed: true as const } : {}),
    ...needsFor(wanted, action?.args ?? null),
    ...(action === undefined
      ? { digest: questionDigest({ request: id, run: run.root, question: wanted.question, ...known }) }
      : { action, digest: digestOf(run, id, action) }),
    ...(wanted.argsSchema === undefined ? {} : { argsSchema: jsonSchema.jsonSchemaOf(wanted.argsSchema) }),
    ...(wanted.answerSchema === undefined
      ? {}
      : { answerSchema: jsonSchema.jsonSchemaOf(wanted.answerSchema) }),
    ...(redirectTo.length === 0 ? {} : { redirectTo }),
    options: optionsFor(wanted, action?.args ?? null),
    askedAt: new Date(now).toISOString(),
    ...timesFrom(planFor(wanted, action?.args ?? null), from),
  };
}

function digestOf(run: Run, request: string, { tool, args }: RequestedAction): string {
  return actionDigest({ request, run: run.root, tool, args });
}

function planFor({ waits }: Ask, args: Json): WaitingPlan | undefined {
  return typeof waits === 'function' ? waits(args) : waits;
}

/**
 * Other arguments may be another policy's: then its people decide, in its times, from now on. Under the same one nothing
 * of that changes, and whoever it has gone on to may still decide.
 */
function afterEdit(wanted: Ask, args: Json, before: ApprovalRequest): ApprovalRequest {
  const { needs: now } = needsFor(wanted, args);
  const options = optionsFor(wanted, args);
  if (now?.policy === before.needs?.policy) return { ...before, options };
  const { needs: _n, deadline: _d, onExpiry: _x, escalates: _e, reminds: _r, ...same } = before;
  return {
    ...same,
    ...needsFor(wanted, args),
    ...timesFrom(planFor(wanted, args), Date.now()),
    options,
  };
}

/** Other arguments may need other people. */
function needsFor({ needs: wanted }: Ask, args: Json): Pick<ApprovalRequest, 'needs'> {
  const needs = typeof wanted === 'function' ? wanted(args) : wanted;
  return needs === undefined ? {} : { needs };
}

function optionsFor(wanted: Ask, args: Json): RequestOption[] {
  const own = typeof wanted.options === 'function' ? wanted.options(args) : wanted.options;
  return [...own, ...furtherOptions(wanted)];
}

function furtherOptions({ argsSchema, redirectTo = [] }: Ask): RequestOption[] {
  const further: RequestOption[] = [];
  if (argsSchema) {
    further.push({
      id: 'edit',
      label: 'Edit',
      consequence: 'The arguments are changed to yours, and the request waits for a decision on them.',
    });
  }
  if (redirectTo.length > 0) {
    further.push({
      id: 'redirect',
      label: 'Redirect',
      consequence: `Nothing is carried out; the task goes to somebody else: ${redirectTo.join(', ')}.`,
    });
  }
  further.push({
    id: 'abort',
    label: 'Abort the run',
    consequence: 'The whole run ends here, as failed, with your reason.',
  });
  return further;
}
