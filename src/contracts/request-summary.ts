/** Reading what a specialist's workflow says of its requests, which anybody could have written. */
import type { AskedOf, RequestSummary } from './approval.js';

/** Whether something from outside is a summary that lists and the memo can show. */
export function isRequestSummary(value: unknown): value is RequestSummary {
  if (typeof value !== 'object' || value === null) return false;
  const { revision, options, deadline, askedOf, ...rest } = value as Partial<
    Record<keyof RequestSummary, unknown>
  >;
  const texts = [rest.id, rest.reason, rest.question, rest.askedBy, rest.path, rest.askedAt];
  const isDate = (text: unknown): boolean => typeof text === 'string' && !Number.isNaN(Date.parse(text));
  return (
    texts.every((text) => typeof text === 'string') &&
    [rest.tool, rest.argsPreview, rest.digest].every(
      (text) => text === undefined || typeof text === 'string',
    ) &&
    typeof revision === 'number' &&
    Array.isArray(options) &&
    options.every((option) => typeof option === 'string') &&
    (deadline === undefined || isDate(deadline)) &&
    (askedOf === undefined || isAskedOf(askedOf))
  );
}

function isAskedOf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, roles } = value as Partial<Record<keyof AskedOf, unknown>>;
  return (
    (name === undefined || typeof name === 'string') &&
    Array.isArray(roles) &&
    roles.every((role) => typeof role === 'string')
  );
}
