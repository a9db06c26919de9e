/**
 * The workflow that sends the notices that a run could not send before it ended. A run does not wait for an unavailable
 * receiver, and activities that a run has scheduled end with it. A run starts this workflow, never a user.
 */
import type { NotifyInput } from '../../contracts/requests/notice.js';
import { log } from '@temporalio/workflow';
import { notify } from '../runtime/activities.js';

export async function deliverNotices(inputs: readonly NotifyInput[]): Promise<void> {
  await Promise.all(
    inputs.map((input) =>
      notify(input).catch((error: unknown) =>
        log.warn(`No notice of request ${input.notice.request.id} was delivered by ${input.channel}`, {
          error,
        }),
      ),
    ),
  );
}
