/**
 * Classifies a provider's failure: whether a retry can help, and when. Temporal does the retries, so only
 * this module sets the rule. No message contains the key or the base URL's path, because messages are stored
 * in histories.
 */
import { APIConnectionTimeoutError, APIError } from 'openai';
import { isHeld } from '../../contracts/errors.js';
import { ModelError, type ModelErrorCode } from '../model/model.js';
import type { OpenAISettings } from './settings.js';

/** If the provider requests a longer delay, Baton retries sooner, so that a run does not seem dead. */
const RETRY_AFTER_LIMIT_MS = 5 * 60_000;
const DETAIL_LIMIT = 400;

/** Classifies every error of a request, except for an abort by the caller. */
export function judgeFailure(error: unknown, settings: OpenAISettings, timedOut: boolean): ModelError {
  const model = `Model ${settings.model} at ${settings.host}`;
  if (error instanceof APIError && typeof error.status === 'number') {
    // The class alone does not type its headers.
    return judgeStatus(error as APIError, error.status, settings, model);
  }
  if (timedOut || error instanceof APIConnectionTimeoutError) {
    return createUnavailableError(`${model} did not answer within ${settings.timeoutMs / 1000} s.`);
  }
  return createUnavailableError(`${model}: the connection failed${describeReason(error)}.`);
}

/** A 200 with an unusable body: cut off by a proxy, a login page, or an answer without a choice. */
export function createUselessAnswerError(settings: OpenAISettings, problem: string): ModelError {
  const model = `Model ${settings.model} at ${settings.host}`;
  return createUnavailableError(`${model} answered 200 ${shorten(redact(problem, settings))}`);
}

function judgeStatus(error: APIError, status: number, settings: OpenAISettings, model: string): ModelError {
  const headers = error.headers;
  const code = toErrorCode(status, error);
  const retryable =
    readRetryOverride(headers?.get('x-should-retry')) ??
    (isTransient(status) || status >= 500 || isHeld(code));
  const told = error.message
    .replace(/^\d{3} /, '')
    .replace(/\s+/g, ' ')
    .trim();
  // Shortened after the key is removed; otherwise a part of the key could stay.
  const detail = shorten(redact(told, settings));
  // A provider's text can end in any character, and advice follows it.
  const end = /[.!?…]$/.test(detail) ? '' : '.';
  return new ModelError(
    code,
    `${model} answered ${status}: ${detail}${end}${describeAdvice(code)}`,
    retryable,
    retryable ? readRetryAfterMs(headers) : undefined,
  );
}

function toErrorCode(status: number, { code, type }: APIError): ModelErrorCode {
  if (status === 402 || code === 'insufficient_quota' || type === 'insufficient_quota')
    return 'MODEL_QUOTA_EXHAUSTED';
  if (status === 404) return 'MODEL_NOT_FOUND';
  if (status === 401 || status === 403) return 'MODEL_UNAUTHORIZED';
  if (status === 429) return 'MODEL_RATE_LIMITED';
  return isTransient(status) || status >= 500 ? 'MODEL_UNAVAILABLE' : 'MODEL_REQUEST_REJECTED';
}

const isTransient = (status: number): boolean => status === 408 || status === 409 || status === 429;

function describeAdvice(code: ModelErrorCode): string {
  if (code === 'MODEL_UNAUTHORIZED') return ' Check OPENAI_API_KEY.';
  if (code === 'MODEL_NOT_FOUND') return ' Check the name of the model and OPENAI_BASE_URL.';
  return code === 'MODEL_QUOTA_EXHAUSTED' ? ' Check the credit with the provider.' : '';
}

function readRetryOverride(header: string | null | undefined): boolean | undefined {
  return header === 'true' ? true : header === 'false' ? false : undefined;
}

/**
 * `retry-after-ms` first, then `retry-after` in seconds or as an HTTP date. Undefined when neither is
 * readable, or the delay is zero: a provider that always answers "now" would exhaust all attempts at once.
 */
export function readRetryAfterMs(headers: Headers | undefined, now: number = Date.now()): number | undefined {
  const after = headers?.get('retry-after');
  const seconds = parseNumber(after);
  const wait =
    parseNumber(headers?.get('retry-after-ms')) ??
    (seconds === undefined ? parseDate(after) - now : seconds * 1000);
  return wait > 0 ? Math.min(Math.ceil(wait), RETRY_AFTER_LIMIT_MS) : undefined;
}

/** NaN for a text that is not an HTTP date: `Date.parse` accepts almost any text with a digit. */
function parseDate(header: string | null | undefined): number {
  return header && /^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(header) ? Date.parse(header) : NaN;
}

function parseNumber(header: string | null | undefined): number | undefined {
  return header && /^\s*\d+(?:\.\d+)?\s*$/.test(header) ? Number(header) : undefined;
}

function createUnavailableError(message: string): ModelError {
  return new ModelError('MODEL_UNAVAILABLE', message, true);
}

/** Only the system's code of a connection error, because its message can contain the URL. */
function describeReason(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return ` (${cause.code})`;
  }
  return '';
}

function redact(text: string, { apiKey }: OpenAISettings): string {
  return apiKey === undefined ? text : text.replaceAll(apiKey, '[key]');
}

function shorten(text: string): string {
  return text.length <= DETAIL_LIMIT ? text : `${text.slice(0, DETAIL_LIMIT)}…`;
}
