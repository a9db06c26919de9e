/**
 * The workflow that tells what a run could not tell before it ended: a run does not wait for a receiver that is away, and
 * what a run has scheduled ends with it. Started by a run, never by a user.
 */
import type { NotifyInput } from '../../contracts/requests/notice.js';
import { log } from '@temporalio/workflow';
import { notify } from '../runtime/activities.js';

export async function deliverNotices(inputs: readonly NotifyInput[]): Promise<void> {
  await Promise.all(
    inputs.map((input) =>
      notify(input).catch((error: unknown) =>
        log.warn(`Nobody could be told of request ${input.notice.request.id} by ${input.channel}`, { error }),
      ),
    ),
  );
}
