/** What a log says of somebody who tried what they may not. */
import { BatonError } from '../errors.js';

/** The line for a log outside of the history: what was refused, of whom, by which key, and why. */
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
