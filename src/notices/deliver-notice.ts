/**
 * Sends a notice through a notifier, with its key and its link. A custom notifier may ignore its signal, or
 * return an invalid answer.
 */
import type { Notice } from '../contracts/requests/notice.js';
import { clip } from '../contracts/data/preview.js';
import { NoticeError, type NoticeAnswer, type NoticeContext, type Notifier } from './notifier.js';
import { abortWith } from './or-aborted.js';
import { digest } from '../contracts/data/canonical-json.js';
import { buildRequestPath } from '../contracts/requests/request-id.js';

/**
 * Returns the notifier's answer, cut to 200 characters. When the context's signal aborts, it stops waiting
 * for the notifier.
 *
 * @throws {NoticeError} for an invalid answer. Baton does not retry it, because the notice may have been
 * sent.
 */
export async function deliverNotice(
  notifier: Notifier,
  notice: Notice,
  context: NoticeContext,
): Promise<NoticeAnswer> {
  // Called inside an async function, so that a notifier that throws at once rejects too.
  const sending = (async (): Promise<unknown> => notifier.send(notice, context))();
  const answer = await abortWith(sending, context.signal);
  if (isAnswer(answer)) return { outcome: answer.outcome, detail: clip(answer.detail, 200) };
  throw new NoticeError(
    `The notifier "${notifier.name}" ended without an answer such as { outcome: 'taken', detail: '…' }, so whether it was sent is not known.`,
    { retryable: false },
  );
}

function isAnswer(value: unknown): value is NoticeAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { outcome, detail } = value as Partial<Record<keyof NoticeAnswer, unknown>>;
  return (outcome === 'taken' || outcome === 'nobody') && typeof detail === 'string';
}

/** Enough characters of a digest to make every key unique. */
const KEY_LENGTH = 32;

export function createNoticeContext(
  { event, occurrence, request, test }: Notice,
  inboxUrl: string | undefined,
  signal: AbortSignal,
): NoticeContext {
  const { id, revision } = request;
  return {
    key: digest({ request: id, revision, event, occurrence }).slice(0, KEY_LENGTH),
    thread: digest({ request: id }).slice(0, KEY_LENGTH),
    ...(inboxUrl === undefined ? {} : { link: `${inboxUrl}${test ? '/' : buildRequestPath(id)}` }),
    signal,
  };
}
