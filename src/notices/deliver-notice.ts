/** Hands a notice to a notifier, with its key and its link. One of a user's own may heed no signal, or say what is no answer. */
import type { Notice } from '../contracts/requests/notice.js';
import { clip } from '../contracts/data/preview.js';
import { NoticeError, type NoticeAnswer, type NoticeContext, type Notifier } from './notifier.js';
import { abortWith } from './or-aborted.js';
import { digest } from '../contracts/data/canonical-json.js';
import { buildRequestPath } from '../contracts/requests/request-id.js';

/**
 * What the notifier says, cut to 200 characters. When the context's signal is aborted, it is left to itself.
 *
 * @throws {NoticeError} for what is no answer. It is not tried again: it was sent, as far as anybody can know.
 */
export async function deliverNotice(
  notifier: Notifier,
  notice: Notice,
  context: NoticeContext,
): Promise<NoticeAnswer> {
  // Called by itself first, so that one that throws at once rejects too.
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

/** As many characters of a digest as leave no two alike. */
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
