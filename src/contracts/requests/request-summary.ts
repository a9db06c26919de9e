/** A request as lists and the memo show it; and reading one that a child agent's workflow, or anybody, has written. */
import type { AskedOf, Claim, PlannedEscalation, Requirement } from './request-parts.js';
import type { ApprovalRequest, RequestSummary } from './approval.js';
import { clip } from '../data/preview.js';
import { isRequestOrigin, summarizeOrigin } from './bound-origin.js';

/** A request as lists and the memo show it: bounded in size. */
export function summarizeRequest(request: ApprovalRequest): RequestSummary {
  const yes = request.options.filter(({ means }) => means === 'approve').map(({ id }) => id);
  return {
    id: request.id,
    reason: request.reason,
    question: clip(request.question, 300),
    askedBy: request.askedBy,
    ...(request.askedOf ? { askedOf: request.askedOf } : {}),
    path: request.path,
    ...(request.action ? { tool: request.action.tool, argsPreview: clip(request.action.args, 500) } : {}),
    ...(request.digest ? { digest: request.digest } : {}),
    revision: request.revision,
    ...(request.signed ? { signed: true } : {}),
    ...(request.requester ? { requester: request.requester } : {}),
    ...(request.needs ? { needs: request.needs } : {}),
    ...(request.votes ? { voted: request.votes.length } : {}),
    ...(request.said ? { news: request.said.length } : {}),
    options: request.options.map((option) => option.id),
    askedAt: request.askedAt,
    ...(request.deadline ? { deadline: request.deadline } : {}),
    ...(request.onExpiry ? { onExpiry: request.onExpiry } : {}),
    ...(request.escalates ? { escalates: request.escalates } : {}),
    ...(request.reminded ? { reminded: request.reminded } : {}),
    ...(request.claim ? { claim: request.claim } : {}),
    ...(yes.length === 0 ? {} : { yes }),
    ...(request.origin ? { origin: summarizeOrigin(request.origin) } : {}),
  };
}

/** The memo and the search attributes hold it: what a server does not take there would fail the run's task for ever. */
const TEXT_LIMIT = 2_000;
const NAME_LIMIT = 300;
const LIST_LIMIT = 50;

/** Whether something from outside is a summary that lists and the memo can show. */
export function isRequestSummary(value: unknown): value is RequestSummary {
  if (typeof value !== 'object' || value === null) return false;
  const { revision, options, deadline, askedOf, signed, needs, voted, ...rest } = value as Partial<
    Record<keyof RequestSummary, unknown>
  >;
  return (
    [rest.id, rest.question, rest.path].every((text) => isText(text)) &&
    [rest.reason, rest.askedBy, rest.askedAt].every((text) => isText(text, NAME_LIMIT)) &&
    [rest.tool, rest.argsPreview, rest.digest, rest.requester].every(
      (text) => text === undefined || isText(text),
    ) &&
    typeof revision === 'number' &&
    areNames(options) &&
    (deadline === undefined || isDate(deadline)) &&
    (askedOf === undefined || isAskedOf(askedOf)) &&
    (signed === undefined || signed === true) &&
    [voted, rest.news].every((count) => count === undefined || typeof count === 'number') &&
    (needs === undefined || isRequirement(needs)) &&
    (rest.onExpiry === undefined || rest.onExpiry === 'reject') &&
    (rest.escalates === undefined || areEscalations(rest.escalates)) &&
    (rest.claim === undefined || isClaim(rest.claim)) &&
    (rest.yes === undefined || areNames(rest.yes)) &&
    (rest.origin === undefined || isRequestOrigin(rest.origin)) &&
    (rest.reminded === undefined || typeof rest.reminded === 'number')
  );
}

function isDate(text: unknown): boolean {
  return typeof text === 'string' && !Number.isNaN(Date.parse(text));
}

function isClaim(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { by, until } = value as Partial<Record<keyof Claim, unknown>>;
  return isText(by, NAME_LIMIT) && isDate(until);
}

function areEscalations(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > LIST_LIMIT) return false;
  return (value as readonly unknown[]).every((step) => {
    if (typeof step !== 'object' || step === null) return false;
    const { at, roles } = step as Partial<Record<keyof PlannedEscalation, unknown>>;
    return isDate(at) && areNames(roles);
  });
}

function isText(text: unknown, limit = TEXT_LIMIT): text is string {
  return typeof text === 'string' && text.length <= limit;
}

function areNames(list: unknown): boolean {
  return Array.isArray(list) && list.length <= LIST_LIMIT && list.every((name) => isText(name, NAME_LIMIT));
}

function isAskedOf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, roles } = value as Partial<Record<keyof AskedOf, unknown>>;
  return (name === undefined || isText(name, NAME_LIMIT)) && areNames(roles);
}

function isRequirement(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { policy, roles, quorum, notRequester } = value as Partial<Record<keyof Requirement, unknown>>;
  return (
    (policy === undefined || typeof policy === 'string') &&
    Array.isArray(roles) &&
    roles.every((role) => typeof role === 'string') &&
    typeof quorum === 'number' &&
    typeof notRequester === 'boolean'
  );
}
