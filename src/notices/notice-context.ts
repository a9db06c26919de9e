/** What a notice is sent with: the key that names it, and the link that opens its request. */
import { digest } from '../contracts/data/canonical-json.js';
import { requestPath } from '../contracts/requests/inbox-address.js';
import type { Notice } from '../contracts/requests/notice.js';
import type { NoticeContext } from './notifier.js';

/** As many characters of a digest as leave no two alike. */
const KEY_LENGTH = 32;

export function noticeContext(
  { event, occurrence, request, test }: Notice,
  inboxUrl: string | undefined,
  signal: AbortSignal,
): NoticeContext {
  const { id, revision } = request;
  return {
    key: digest({ request: id, revision, event, occurrence }).slice(0, KEY_LENGTH),
    thread: digest({ request: id }).slice(0, KEY_LENGTH),
    ...(inboxUrl === undefined ? {} : { link: `${inboxUrl}${test ? '/' : requestPath(id)}` }),
    signal,
  };
}
