/** Builds a request when it opens and after an edit: the question, the options, who must decide, and the times. */
import { defined } from '../../contracts/data/defined.js';
import type {
  AskedOf,
  RequestOption,
  RequestReason,
  Requirement,
} from '../../contracts/requests/request-parts.js';
import { workflowInfo } from '@temporalio/workflow';
import type { ApprovalRequest, RequestedAction } from '../../contracts/requests/approval.js';
import { createOffer } from '../../contracts/requests/decision-options.js';
import { createOfferIn } from '../../contracts/requests/option-wordings.js';
import { findLeast, type Confidence } from '../../contracts/definitions/confidence.js';
import type { Json } from '../../contracts/data/json.js';
import { canonicalJson } from '../../contracts/data/canonical-json.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import { buildRequestId, digestRequest } from '../../contracts/proof/root.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { WaitingPlan } from '../../contracts/definitions/waiting-times.js';
import type { AnswersBack } from './ask-back.js';
import { describeHistory } from './request-history.js';
import { toTimes } from '../requests/timers.js';
import type { RequestChecks } from '../requests/new-revision.js';
import type { Run } from '../runtime/run.js';
import type { Authority } from '../requests/decider.js';

export interface Ask {
  /** For edited arguments, the reason of their policy; without a policy, the reason stays the same. */
  readonly reason: RequestReason | ((args: Json) => RequestReason | undefined);
  readonly question: string;
  /** The action's title for these arguments, if it has one. */
  readonly title?: (args: Json) => string | undefined;
  readonly details?: string;
  readonly askedBy: string;
  /** The person who is asked, if one is named. */
  readonly askedOf?: AskedOf;
  readonly path: string;
  readonly action?: RequestedAction;
  /** The confidence that the action is right, when a policy considers it. */
  readonly confidence?: Confidence;
  /** The question's own options for the action with these arguments. The options of every request are added. */
  readonly options: readonly RequestOption[] | ((args: Json) => readonly RequestOption[]);
  /** Lets a person edit the action's arguments to a value that fits this schema. */
  readonly argsSchema?: Schema;
  /** Lets a person answer with a value that fits this schema. */
  readonly answerSchema?: Schema;
  /** Lets a person ask back before deciding. */
  readonly answers?: AnswersBack | undefined;
  /** Lets a person redirect the task to one of these. */
  readonly redirectTo?: readonly string[];
  /** The eligible people and their number; default: anyone. */
  readonly needs?: Requirement | ((args: Json) => Requirement | undefined);
  /** The reminders, escalations and deadline; after an edit, those of the new arguments' policy. */
  readonly waits?: WaitingPlan | ((args: Json) => WaitingPlan | undefined);
}

/** The request when it opens. Times count from when it was asked, in milliseconds since 1970. */
export function buildRequest(
  run: Pick<Run, 'origin' | 'root' | 'timeline' | 'view'>,
  wanted: Ask,
  { approvals, requester }: Authority,
  from: number,
): ApprovalRequest {
  const { workflowId } = workflowInfo();
  const id = buildRequestId({ workflowId, root: run.root }, wanted.path);
  const now = Date.now();
  const { action, details, redirectTo = [] } = wanted;
  const known = details === undefined ? {} : { details };
  const request: ApprovalRequest = {
    v: 1,
    revision: 1,
    id,
    reason: findReason(wanted, action?.args ?? null) ?? 'irreversible-effect',
    question: wanted.question,
    ...defined({ title: wanted.title?.(action?.args ?? null) }),
    askedBy: wanted.askedBy,
    ...defined({ askedOf: wanted.askedOf }),
    path: wanted.path,
    ...known,
    ...describeHistory(run, wanted.path),
    origin: run.origin.of(wanted.path),
    run: run.root,
    ...readConfidence(wanted.confidence),
    ...(approvals.mode === 'signed' ? { signed: true as const } : {}),
    ...findNeeds(wanted, action?.args ?? null),
    ...defined({ action, requester: requester?.subject }),
    ...(wanted.argsSchema === undefined ? {} : { argsSchema: jsonSchema.toJsonSchema(wanted.argsSchema) }),
    ...(wanted.answerSchema === undefined
      ? {}
      : { answerSchema: jsonSchema.toJsonSchema(wanted.answerSchema) }),
    ...(redirectTo.length === 0 ? {} : { redirectTo }),
    options: listOptions(wanted, action?.args ?? null),
    askedAt: new Date(now).toISOString(),
    ...toTimes(findWaitingPlan(wanted, action?.args ?? null), from),
  };
  return { ...request, digest: digestRequest(request) };
}

/** The confidence as the request and the timeline show it. */
export function readConfidence(confidence: Confidence = {}): { readonly confidence?: number } {
  const least = findLeast(confidence);
  return least === undefined ? {} : { confidence: least };
}

/** The checks for a decision on the request. */
export function createRequestChecks(run: Pick<Run, 'scopes'>, wanted: Ask): RequestChecks {
  const { action, argsSchema, answerSchema } = wanted;
  return {
    ...defined({ args: argsSchema, answer: answerSchema }),
    ...(action === undefined
      ? {}
      : {
          // The team and the terms of the original place apply to an edit too.
          edited: run.scopes.bound((args: Json, before: ApprovalRequest) => applyEdit(wanted, args, before)),
        }),
  };
}

function findReason({ reason }: Ask, args: Json): RequestReason | undefined {
  return typeof reason === 'function' ? reason(args) : reason;
}

function findWaitingPlan({ waits }: Ask, args: Json): WaitingPlan | undefined {
  return typeof waits === 'function' ? waits(args) : waits;
}

/**
 * Other arguments may fall under another policy: then its people decide, and its timers start now. Under the same policy
 * nothing changes, and the people that it escalated to may still decide.
 */
function applyEdit(wanted: Ask, args: Json, { title: _t, ...asked }: ApprovalRequest): ApprovalRequest {
  const options = listOptions(wanted, args);
  const before = { ...asked, ...defined({ title: wanted.title?.(args) }) };
  const reason = findReason(wanted, args) ?? before.reason;
  // Compares the demands, not the names: two policies may have the same name. An escalation has changed `before.needs`
  // itself.
  if (serializeDemands(wanted, args) === serializeDemands(wanted, before.action?.args ?? null))
    return { ...before, reason, options };
  const { needs: _n, deadline: _d, onExpiry: _x, escalates: _e, reminds: _r, ...same } = before;
  return {
    ...same,
    ...findNeeds(wanted, args),
    ...toTimes(findWaitingPlan(wanted, args), Date.now()),
    reason,
    options,
  };
}

/** The eligible people for the action with these arguments, and its times, as one text. */
function serializeDemands(wanted: Ask, args: Json): string {
  return canonicalJson({ ...findNeeds(wanted, args), waits: findWaitingPlan(wanted, args) ?? null });
}

/** Other arguments may need other people. */
function findNeeds({ needs: wanted }: Ask, args: Json): Pick<ApprovalRequest, 'needs'> {
  const needs = typeof wanted === 'function' ? wanted(args) : wanted;
  return needs === undefined ? {} : { needs };
}

function listOptions(wanted: Ask, args: Json): RequestOption[] {
  const own = typeof wanted.options === 'function' ? wanted.options(args) : wanted.options;
  return [...own, ...listFurtherOptions(wanted)];
}

function listFurtherOptions({ argsSchema, redirectTo = [], answers, askedBy }: Ask): RequestOption[] {
  return [
    ...(argsSchema ? [createOffer('edit')] : []),
    ...(redirectTo.length > 0 ? [createOfferIn('redirect', 'listed', { redirectTo })] : []),
    ...(answers ? [createOfferIn('ask-back', 'asker', { askedBy })] : []),
    createOffer('abort'),
  ];
}
