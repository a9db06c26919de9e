/** The recipients of a mail: everyone on a list, or everyone with one of the eligible roles. */
import { createConfigError } from '../../contracts/errors.js';
import type { Notice } from '../../contracts/requests/notice.js';

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
  throw createConfigError(`email({ to }) ${problem}.`);
}

/**
 * The bare addresses for a notice, each once. If anyone can decide, all addresses get it; a test goes to all
 * addresses too.
 */
export function listRecipients(to: MailTo, notice: Notice): string[] {
  const meant = isList(to) ? to : listRoleRecipients(to, notice);
  return [...new Set(meant.flatMap((text) => readMailbox(text)?.address ?? []))];
}

function listRoleRecipients(
  to: Readonly<Record<string, readonly string[]>>,
  notice: Notice,
): readonly string[] {
  if (notice.to.length === 0) return Object.values(to).flat();
  return notice.to.flatMap((role) => (Object.hasOwn(to, role) ? (to[role] ?? []) : []));
}

function isList(to: MailTo): to is readonly string[] {
  return Array.isArray(to);
}

/** One mail address, with or without a name, and nothing else. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
}

const WITH_NAME = /^(?<name>[^<>]*)<(?<address>[^<>]*)>$/;
/** No quoted local parts, address literals or lists, so that an address cannot smuggle in anything else. */
const ADDRESS = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?<domain>[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*)$/u;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** `undefined` when the text is not exactly one address. */
export function readMailbox(text: string): Mailbox | undefined {
  if (text.length > 320 || CONTROL.test(text)) return undefined;
  const named = WITH_NAME.exec(text.trim())?.groups;
  const address = (named?.['address'] ?? text).trim();
  const domain = ADDRESS.exec(address)?.groups?.['domain'];
  if (domain === undefined || address.length > 254) return undefined;
  const name = (named?.['name'] ?? '').trim().replace(/^"(.*)"$/, '$1');
  return { name, address, domain };
}
