/** The error for an unavailable worker, in the same words everywhere: the run, what did not happen, and what to do. */
import { nameCommand } from '../../project/command-name.js';
import { BatonError } from '../../contracts/errors.js';

interface Unserved {
  readonly workflowId: string;
  readonly taskQueue?: string | undefined;
  /** The missing effect: `the decision was not taken`. */
  readonly what: string;
  /** Another way than a worker: `leave the decision with --queue`. */
  readonly or?: string | undefined;
  /** The next step when a worker is available. */
  readonly after?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The next step for a decision that no worker accepts. */
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
    `No worker is available for run ${workflowId}${queue}: ${what}. ${way}${after === undefined ? '' : ` ${after}`}`,
    { workflowId, ...(taskQueue === undefined ? {} : { taskQueue }), ...facts },
  );
}
