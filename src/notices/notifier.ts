/** The interface of notifiers: a worker sends notices about pending requests through them. */
import type { Notice, NoticeEvent } from '../contracts/requests/notice.js';

/** The context of a notice. */
export interface NoticeContext {
  /**
   * Identifies this notice. It stays the same when the notice is sent again, by another attempt or after a
   * reset. It is also the same for every recipient.
   */
  readonly key: string;
  /** Identifies the request in all its notices. */
  readonly thread: string;
  /** Opens the request in the inbox; absent if no `inboxUrl` is configured. */
  readonly link?: string;
  /** Aborts after the timeout, or when the worker shuts down. */
  readonly signal: AbortSignal;
}

/** The result of a notifier. */
export interface NoticeAnswer {
  /** `nobody`: no recipient that the notifier knows is eligible. */
  readonly outcome: 'taken' | 'nobody';
  /** The receiver's answer, in a few words. It is stored in the run's history. */
  readonly detail: string;
}

/**
 * A way to send notices: `webhook`, `email`, or a custom one. Baton runs every notifier separately, and
 * retries it for up to a day. A notice can arrive twice if a worker is killed after it has sent the notice
 * and before that is recorded. Its `key` is then the same.
 */
export interface Notifier {
  /** Unique in the configuration. It is stored in histories, so it must not contain a secret. */
  readonly name: string;
  /** The events to send; default: all. */
  readonly events?: readonly NoticeEvent[];
  /**
   * Sends the notice, once.
   *
   * @throws {NoticeError} to say whether a retry can help, and when. Baton retries after any other error.
   */
  send(notice: Notice, context: NoticeContext): Promise<NoticeAnswer>;
}

/** Why a notice was not accepted. The message is stored in the run's history, so it must not contain a secret. */
export class NoticeError extends Error {
  override readonly name = 'NoticeError';
  readonly retryable: boolean;
  /** The delay that the receiver requested, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    options: {
      readonly retryable: boolean;
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryable = options.retryable;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}
