/** A way to tell people of what waits for them: what a worker hands a notice to. */
import type { Notice, NoticeEvent } from '../contracts/requests/notice.js';

/** What comes with a notice. */
export interface NoticeContext {
  /**
   * Names this notice: the same again when it is sent again, by another attempt or after a reset. One notice has one key,
   * whoever is told by it.
   */
  readonly key: string;
  /** Names the request in all notices of it. */
  readonly thread: string;
  /** Opens the request in the inbox; absent where no `inboxUrl` is configured. */
  readonly link?: string;
  /** Aborted when the time is up, or the worker ends. */
  readonly signal: AbortSignal;
}

/** What a notifier says when it is done. */
export interface NoticeAnswer {
  /** `nobody`: none of those whom it knows is meant. */
  readonly outcome: 'taken' | 'nobody';
  /** What the other side said, in a few words. It stands in the run's history. */
  readonly detail: string;
}

/**
 * A way to tell people: `webhook`, `email`, or one of your own. Every notifier is tried by itself, again and again for
 * a day, so that a notice can come twice where a worker is killed between sending it and noting that: its `key` is then
 * the same.
 */
export interface Notifier {
  /** One of a kind in the configuration. It stands in histories, so it holds nothing secret. */
  readonly name: string;
  /** What it tells of; everything without. */
  readonly events?: readonly NoticeEvent[];
  /**
   * Tells it, once.
   *
   * @throws {NoticeError} to say whether another attempt can help, and when; any other error is tried again.
   */
  send(notice: Notice, context: NoticeContext): Promise<NoticeAnswer>;
}

/** Why a notice was not taken. The message stands in the run's history: it holds no secret. */
export class NoticeError extends Error {
  override readonly name = 'NoticeError';
  readonly retryable: boolean;
  /** How long the other side asked to wait, in milliseconds. */
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
