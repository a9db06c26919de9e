/** A request as it is opened, and as an edit makes it: what is asked, what is offered, who must decide, and in what time. */
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
  /** For an action with other arguments as their policy says; as before where they have none. */
  readonly reason: RequestReason | ((args: Json) => RequestReason | undefined);
  readonly question: string;
  readonly details?: string;
  readonly askedBy: string;
  /** Which person is meant, where one is. */
  readonly askedOf?: AskedOf;
  readonly path: string;
  readonly action?: RequestedAction;
  /** How sure it is that the action is right, where a policy looks at it. */
  readonly confidence?: Confidence;
  /** What the question itself offers, for the action with these arguments; what every question offers is added. */
  readonly options: readonly RequestOption[] | ((args: Json) => readonly RequestOption[]);
  /** Lets a person change the action's arguments to what fits this. */
  readonly argsSchema?: Schema;
  /** Lets a person answer with what fits this. */
  readonly answerSchema?: Schema;
  /** Lets a person ask before deciding. */
  readonly answers?: AnswersBack | undefined;
  /** Lets a person give the task to one of these. */
  readonly redirectTo?: readonly string[];
  /** Who must decide, and how many; anybody without. */
  readonly needs?: Requirement | ((args: Json) => Requirement | undefined);
  /** When people are told again, whom it goes on to, and when it ends; with other arguments as their policy says. */
  readonly waits?: WaitingPlan | ((args: Json) => WaitingPlan | undefined);
}

/** The request as it is opened. Times count from when it was asked, in milliseconds since 1970. */
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

/** As the request and the timeline show it. */
export function readConfidence(confidence: Confidence = {}): { readonly confidence?: number } {
  const least = findLeast(confidence);
  return least === undefined ? {} : { confidence: least };
}

/** What a decision on it is checked against. */
export function createRequestChecks(run: Pick<Run, 'scopes'>, wanted: Ask): RequestChecks {
  const { action, argsSchema, answerSchema } = wanted;
  return {
    ...defined({ args: argsSchema, answer: answerSchema }),
    ...(action === undefined
      ? {}
      : {
          // The team and the terms of where it was asked count for an edit too.
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
 * Other arguments may be another policy's: then its people decide, in its times, from now on. Under the same one nothing
 * of that changes, and whoever it has gone on to may still decide.
 */
function applyEdit(wanted: Ask, args: Json, before: ApprovalRequest): ApprovalRequest {
  const options = listOptions(wanted, args);
  const reason = findReason(wanted, args) ?? before.reason;
  // By what is demanded, not by its name: two policies may have the same. An escalation has changed `before.needs` itself.
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

/** Who must decide on the action with these arguments, and in what times, as one text. */
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
