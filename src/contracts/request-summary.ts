/** Reading what a specialist's workflow says of its requests, which anybody could have written. */
import type { AskedOf, RequestSummary } from './approval.js';

/** The memo and the search attributes hold it: what a server does not take there would fail the run's task for ever. */
const TEXT_LIMIT = 2_000;
const NAME_LIMIT = 300;
const LIST_LIMIT = 50;

/** Whether something from outside is a summary that lists and the memo can show. */
export function isRequestSummary(value: unknown): value is RequestSummary {
  if (typeof value !== 'object' || value === null) return false;
  const { revision, options, deadline, askedOf, ...rest } = value as Partial<
    Record<keyof RequestSummary, unknown>
  >;
  const isDate = (text: unknown): boolean => typeof text === 'string' && !Number.isNaN(Date.parse(text));
  return (
    [rest.id, rest.question, rest.path].every((text) => isText(text)) &&
    [rest.reason, rest.askedBy, rest.askedAt].every((text) => isText(text, NAME_LIMIT)) &&
    [rest.tool, rest.argsPreview, rest.digest].every((text) => text === undefined || isText(text)) &&
    typeof revision === 'number' &&
    areNames(options) &&
    (deadline === undefined || isDate(deadline)) &&
    (askedOf === undefined || isAskedOf(askedOf))
  );
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
