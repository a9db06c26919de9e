/**
 * How a webhook proves that it comes from your worker: HMAC-SHA256 over `<timestamp>.<body>`, with a secret that both
 * sides know. The signature covers the time, so that a recorded request can't be replayed later.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The headers of a webhook, in lower case. */
export const WEBHOOK_HEADERS = {
  /** When it was sent, in seconds since 1970. */
  timestamp: 'baton-timestamp',
  /** `v1=` and the HMAC in hex. */
  signature: 'baton-signature',
  /** The same for each retry of a notice. The body has it too, as `baton.id`, where the signature covers it. */
  key: 'idempotency-key',
} as const;

const VERSION = 'v1=';
const TOLERANCE_SECONDS = 300;

/** The value of the header `Baton-Signature`. */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return `${VERSION}${bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(`${timestamp}.${body}`)))}`;
}

/** Headers from `fetch`, or from Node, whose names are in lower case. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A received webhook, and what to check it against. */
export interface ReceivedWebhook {
  /** The raw body as text: re-serialized JSON has a different signature. */
  readonly body: string;
  readonly headers: WebhookHeaders;
  /** The secret in `webhook({ secret })`; pass several while you rotate it. */
  readonly secret: string | readonly string[];
  /** The maximum age and clock difference. Default: 300. */
  readonly toleranceSeconds?: number;
  /** In milliseconds since 1970. Default: now. */
  readonly now?: number;
}

/**
 * Whether the sender of a webhook knows the secret and sent it just now. The check keeps no state: use `baton.id` of
 * the body to detect a webhook that you have already processed.
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

/**
 * Takes the same time for any two texts of one length, so that no one can guess the signature character by character.
 */
function isSame(wanted: string, given: string): boolean {
  if (wanted.length !== given.length) return false;
  let difference = 0;
  for (let at = 0; at < wanted.length; at += 1) difference |= wanted.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}
