/**
 * How a webhook proves that it comes from a worker of yours: HMAC-SHA256 over `<timestamp>.<body>`, by a secret that both
 * sides know. The time is signed too, so that what was recorded on the way cannot be sent again later.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The headers of a webhook, in small letters. */
export const WEBHOOK_HEADERS = {
  /** When it was sent, in seconds since 1970. */
  timestamp: 'baton-timestamp',
  /** `v1=` and the HMAC in hex. */
  signature: 'baton-signature',
  /** The same when a notice is sent again. Also in the body, where it is signed, as `baton.id`. */
  key: 'idempotency-key',
} as const;

const VERSION = 'v1=';
const TOLERANCE_SECONDS = 300;

/** The value of the header `Baton-Signature`. */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return `${VERSION}${bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(`${timestamp}.${body}`)))}`;
}

/** Headers as `fetch` has them, or as Node has them, whose names are in small letters. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came in, and what it is held against. */
export interface ReceivedWebhook {
  /** The bytes as they came, as text: parsed and written again they are others. */
  readonly body: string;
  readonly headers: WebhookHeaders;
  /** As given to `webhook({ secret })`; several while one takes the place of another. */
  readonly secret: string | readonly string[];
  /** How old it may be, and how far clocks may differ. Default: 300. */
  readonly toleranceSeconds?: number;
  /** In milliseconds since 1970. Default: now. */
  readonly now?: number;
}

/**
 * Whether a webhook was sent by who knows the secret, and just now. It changes nothing and keeps nothing: whether the
 * same was taken before is for the receiver to know, by `baton.id` of the body.
 */
export function verifyWebhook({ body, headers, secret, toleranceSeconds, now }: ReceivedWebhook): boolean {
  const timestamp = readHeader(headers, WEBHOOK_HEADERS.timestamp);
  const signature = readHeader(headers, WEBHOOK_HEADERS.signature);
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  const age = (now ?? Date.now()) / 1000 - Number(timestamp);
  if (!(Math.abs(age) <= (toleranceSeconds ?? TOLERANCE_SECONDS))) return false;
  const secrets = (typeof secret === 'string' ? [secret] : secret).filter((each) => each !== '');
  return secrets.some((each) => isSame(signWebhook(each, timestamp, body), signature));
}

function readHeader(headers: WebhookHeaders, name: string): string | undefined {
  const value = isFetchHeaders(headers) ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : undefined;
}

function isFetchHeaders(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof headers['get'] === 'function';
}

/** Takes as long for any two of one length, so that nobody can guess one character after another. */
function isSame(wanted: string, given: string): boolean {
  if (wanted.length !== given.length) return false;
  let difference = 0;
  for (let at = 0; at < wanted.length; at += 1) difference |= wanted.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}
