/** The log line for someone who tried something that they may not do. */
import { BatonError } from '../errors.js';

/** The line for a log outside the history: the refused action, the person, the key, and the reason. */
export function formatAttempt(what: string, { message, facts }: BatonError): string {
  const told = (['subject', 'kid', 'why'] as const).flatMap((name) => {
    const value = facts[name];
    return typeof value === 'string' ? [`${name === 'kid' ? 'key' : name} ${value}`] : [];
  });
  return `${what}: ${message}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
}

export function isAttempt(error: unknown): error is BatonError {
  return error instanceof BatonError && error.code === 'DECISION_UNPROVEN';
}
