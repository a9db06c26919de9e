/** Parses exactly one mail address, with or without a name. */

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
