/** Who is mailed: everybody on a list, or whoever has one of the roles that are meant. */
import { BatonError } from '../../contracts/errors.js';
import type { Notice } from '../../contracts/requests/notice.js';
import { readMailbox } from './mailbox.js';

/** Addresses, or the addresses of each role. */
export type MailTo = readonly string[] | Readonly<Record<string, readonly string[]>>;

/**
 * Checks every address once, when the worker starts.
 *
 * @throws {BatonError} `BAD_CONFIG`
 */
export function assertRecipients(to: MailTo): void {
  const all = isList(to) ? to : Object.values(to).flat();
  const wrong = all.find((text) => typeof text !== 'string' || readMailbox(text) === undefined);
  if (wrong === undefined && all.length > 0) return;
  const problem =
    wrong === undefined ? 'names nobody' : `has ${JSON.stringify(wrong)}, which is not one mail address`;
  throw new BatonError('BAD_CONFIG', `email({ to }) ${problem}.`);
}

/** The bare addresses for a notice, each once. Where anybody may decide, everybody is told; a test goes to all. */
export function recipientsOf(to: MailTo, notice: Notice): string[] {
  const meant = isList(to) ? to : forRoles(to, notice);
  return [...new Set(meant.flatMap((text) => readMailbox(text)?.address ?? []))];
}

function forRoles(to: Readonly<Record<string, readonly string[]>>, notice: Notice): readonly string[] {
  if (notice.to.length === 0) return Object.values(to).flat();
  return notice.to.flatMap((role) => (Object.hasOwn(to, role) ? (to[role] ?? []) : []));
}

function isList(to: MailTo): to is readonly string[] {
  return Array.isArray(to);
}
