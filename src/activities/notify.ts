/** The activity `notify`: sends a notice through one of the worker's notifiers. It is retried until the notifier takes it. */
import { deliverNotice, createNoticeContext } from '../notices/deliver-notice.js';
import { defined } from '../contracts/data/defined.js';
import { cancellationSignal } from '@temporalio/activity';
import type { NotifyInput, NotifyResult } from '../contracts/requests/notice.js';
import { NoticeError } from '../notices/notifier.js';
import { withCode, createFailure } from './runtime/failures.js';
import { withHeartbeat } from './runtime/heartbeat.js';
import type { Registry } from './registry/registry.js';

export function createNotify({ notifiers, inboxUrl }: Pick<Registry, 'notifiers' | 'inboxUrl'>) {
  return ({ channel, notice }: NotifyInput): Promise<NotifyResult> =>
    withCode(async () => {
      const notifier = notifiers.get(channel);
      if (notifier === undefined) throw createUnknownChannelError(channel);
      const context = createNoticeContext(notice, inboxUrl, cancellationSignal());
      try {
        return await withHeartbeat(notice.request.path, () => deliverNotice(notifier, notice, context));
      } catch (error) {
        if (!(error instanceof NoticeError)) throw error;
        const { message, retryable, retryAfterMs } = error;
        throw createFailure('NOTICE_NOT_TAKEN', message, {
          retryable,
          ...defined({ retryAfterMs }),
        });
      }
    });
}

/** Another worker of the queue may know the channel, or this worker after an upgrade. */
function createUnknownChannelError(channel: string): Error {
  return createFailure('BAD_CONFIG', `This worker's configuration has no notifier "${channel}".`, {
    retryable: true,
  });
}
