/** That no worker does it, in the same words wherever it is met: whose run, what has not happened, what to do. */
import { nameCommand } from '../../project/command-name.js';
import { BatonError } from '../../contracts/errors.js';

interface Unserved {
  readonly workflowId: string;
  readonly taskQueue?: string | undefined;
  /** What has not happened: `the decision was not taken`. */
  readonly what: string;
  /** What else helps than a worker: `leave the decision with --queue`. */
  readonly or?: string | undefined;
  /** What to do when a worker is there. */
  readonly after?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What a decision can do where no worker takes it. */
export const LEAVE_IT = 'leave the decision with --queue';

export function createNoWorkerError({
  workflowId,
  taskQueue,
  what,
  or,
  after,
  facts = {},
}: Unserved): BatonError {
  const queue = taskQueue === undefined ? '' : ` on the task queue ${taskQueue}`;
  const ways = [
    `start one with ${nameCommand('worker')} (or ${nameCommand('dev')})`,
    ...(or === undefined ? [] : [or]),
  ].join(', or ');
  const way = `${ways.charAt(0).toUpperCase()}${ways.slice(1)}.`;
  return new BatonError(
    'NO_WORKER',
    `No worker answers for run ${workflowId}${queue}: ${what}. ${way}${after === undefined ? '' : ` ${after}`}`,
    { workflowId, ...(taskQueue === undefined ? {} : { taskQueue }), ...facts },
  );
}
