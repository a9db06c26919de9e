/**
 * Sends a step with the run's home. The run asks the worker that takes its first step for it. A step is sent only when its
 * message has room.
 */
import { CancellationScope, proxyLocalActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { BatonActivities } from '../../contracts/wire/activities.js';
import type { RunHome } from '../../contracts/wire/run-home.js';

export class HomeClaim {
  private readonly pace = new Pace();
  private known: RunHome | undefined;
  private asked: Promise<RunHome> | undefined;

  constructor(known?: RunHome) {
    this.known = known;
  }

  /**
   * Sends a step of this size, with what its worker must have. It is sent at once if that is known and there is room: each
   * promise in the sandbox costs a stack trace.
   */
  with<T>(bytes: number, call: (home: RunHome) => Promise<T>): Promise<T> {
    const send = (home: RunHome): Promise<T> => this.pace.admit(bytes, () => call(home));
    return this.known ? send(this.known) : this.ask().then(send);
  }

  /** Parallel steps ask once. The request completes even if the step that started it is cancelled, since others wait for it. */
  private ask(): Promise<RunHome> {
    this.asked ??= CancellationScope.nonCancellable(async () => {
      const { readHome } = proxyLocalActivities<BatonActivities>({ startToCloseTimeout: '30s' });
      this.known = await readHome();
      return this.known;
    });
    return this.asked;
  }

  get(): RunHome | undefined {
    return this.known;
  }
}

/**
 * The commands of a workflow task travel in one message, and a server accepts 4 MiB for it: above that the task fails
 * repeatedly. Steps that exceed the limit wait for the next task.
 */
const MESSAGE_LIMIT_BYTES = 3_000_000;

class Pace {
  /** The current task: the history grows between two of them. */
  private task = -1;
  private sent = 0;
  private next: Promise<void> | undefined;

  /** Calls at once if there is room: each promise in the sandbox costs a stack trace. */
  admit<T>(bytes: number, call: () => Promise<T>): Promise<T> {
    const { historyLength } = workflowInfo();
    if (historyLength !== this.task) {
      this.task = historyLength;
      this.sent = 0;
    }
    if (this.sent > 0 && this.sent + bytes > MESSAGE_LIMIT_BYTES)
      return this.waitForTask().then(() => this.admit(bytes, call));
    this.sent += bytes;
    return call();
  }

  /** All waiting steps share one wait, which continues for the others when one of them is cancelled. */
  private waitForTask(): Promise<void> {
    this.next ??= CancellationScope.nonCancellable(async () => {
      await sleep(1);
      this.next = undefined;
    });
    return this.next;
  }
}
