/** Sends notices by a webhook: a signed POST to one configured URL. */
import { defined } from '../../contracts/data/defined.js';
import { type BatonError, createConfigError } from '../../contracts/errors.js';
import type { Notice, NoticeEvent } from '../../contracts/requests/notice.js';
import { clip } from '../../contracts/data/preview.js';
import { WEBHOOK_HEADERS, signWebhook } from '../../contracts/requests/webhook-signature.js';
import { assertPublicHost, createCheckedLookup } from './checked-lookup.js';
import { NoticeError, type NoticeAnswer, type NoticeContext, type Notifier } from '../notifier.js';
import { post, type Posted } from './post.js';
import { renderWebhookBody } from './webhook-body.js';

/** The URL for notices, and how they are signed. */
export interface WebhookOptions {
  /** `https`, without user and password. It can contain a token, like Slack's; only its host is ever shown. */
  readonly url: string;
  /** Signs each body, see `verifyWebhook`. At least 16 characters. */
  readonly secret: string;
  /** The events to send; default: all. */
  readonly events?: readonly NoticeEvent[];
  /** Allows this machine and private networks, also by `http`. */
  readonly allowPrivate?: boolean;
  /** Default: `webhook` and the host. */
  readonly name?: string;
  /** The timeout of one attempt, in milliseconds, at most 25,000. Default: 10,000. */
  readonly timeoutMs?: number;
}

interface Target {
  readonly url: URL;
  readonly secret: string;
  readonly isOpen: boolean;
  readonly timeoutMs: number;
}

const SECRET_LENGTH = 16;
const TIMEOUT_MS = 10_000;
const TIMEOUT_LIMIT_MS = 25_000;
const NEWS_AFTER_ALL: readonly number[] = [408, 429];

/**
 * Sends notices by a signed POST, whose body Slack displays directly. Any 2xx accepts the notice. A failed
 * connection, 408, 429 and 5xx are retried, after `Retry-After` if present. Everything else is not, including
 * redirects.
 *
 * The host is resolved for every attempt and must have a public address, unless `allowPrivate` is set.
 *
 * @throws {BatonError} `BAD_CONFIG`
 */
export function webhook(options: WebhookOptions): Notifier {
  const target = parseTarget(options);
  return {
    name: options.name ?? `webhook ${target.url.hostname}`,
    ...defined({ events: options.events }),
    send: (notice, context) => send(target, notice, context),
  };
}

async function send(target: Target, notice: Notice, context: NoticeContext): Promise<NoticeAnswer> {
  const { url, secret, isOpen, timeoutMs } = target;
  if (!isOpen) assertPublicHost(url.hostname);
  const body = renderWebhookBody(notice, context);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const timeUp = AbortSignal.timeout(timeoutMs);
  const posted = await post({
    url,
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'baton',
      [WEBHOOK_HEADERS.timestamp]: timestamp,
      [WEBHOOK_HEADERS.signature]: signWebhook(secret, timestamp, body),
      [WEBHOOK_HEADERS.key]: context.key,
    },
    lookup: isOpen ? undefined : createCheckedLookup(),
    signal: AbortSignal.any([context.signal, timeUp]),
  }).catch((error: unknown) => {
    throw createNoAnswerError(target, error, timeUp.aborted);
  });
  return judge(target, posted);
}

function judge(target: Target, { status, retryAfterMs, said }: Posted): NoticeAnswer {
  if (status >= 200 && status < 300) return { outcome: 'taken', detail: `HTTP ${status}` };
  const { host } = target.url;
  if (status >= 300 && status < 400) {
    throw new NoticeError(
      `${host} sends on to another address (HTTP ${status}), and only the configured one is used.`,
      {
        retryable: false,
      },
    );
  }
  const reply = said.trim() === '' ? '' : `: ${clip(redact(target, said), 200)}`;
  throw new NoticeError(`${host} answered HTTP ${status}${reply}`, {
    retryable: status >= 500 || NEWS_AFTER_ALL.includes(status),
    retryAfterMs,
  });
}

/** A connection error can name the address, but not the path of the URL. */
function createNoAnswerError({ url, timeoutMs }: Target, error: unknown, isTimeUp: boolean): NoticeError {
  if (error instanceof NoticeError) return error;
  if (isTimeUp)
    return new NoticeError(`${url.host} did not answer within ${timeoutMs} ms.`, { retryable: true });
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new NoticeError(`${url.host} could not be reached${code}.`, { retryable: true });
}

/** A receiver may repeat the URL or the secret in its answer. */
function redact({ url, secret }: Target, text: string): string {
  const hidden = [
    secret,
    url.search,
    url.pathname,
    ...url.pathname.split('/').filter((part) => part.length > 7),
    ...[...url.searchParams.values(), ...url.search.split(/[?&=]/)].filter((part) => part.length > 3),
  ];
  return hidden.filter((part) => part.length > 1).reduce((left, part) => left.replaceAll(part, '…'), text);
}

function parseTarget({
  url: text,
  secret,
  allowPrivate = false,
  timeoutMs = TIMEOUT_MS,
}: WebhookOptions): Target {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !['https:', 'http:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw createOptionError(
      'url',
      'is an address such as https://hooks.example.com/…, without user and password',
    );
  }
  if (url.protocol === 'http:' && !allowPrivate) {
    throw createOptionError('url', `is http://${url.host}: it must be https, unless allowPrivate is true`);
  }
  if (typeof secret !== 'string' || secret.length < SECRET_LENGTH) {
    throw createOptionError('secret', `is missing, or has fewer than ${SECRET_LENGTH} characters`);
  }
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > TIMEOUT_LIMIT_MS) {
    throw createOptionError('timeoutMs', `is a number of milliseconds up to ${TIMEOUT_LIMIT_MS}`);
  }
  return { url, secret, isOpen: allowPrivate, timeoutMs };
}

function createOptionError(option: string, problem: string): BatonError {
  return createConfigError(`webhook({ ${option} }) ${problem}.`, { option });
}
