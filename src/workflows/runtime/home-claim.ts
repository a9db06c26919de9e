/** Where the run is at home: asked of the worker that takes its first step, and sent with each step from then on. */
import { CancellationScope, proxyLocalActivities } from '@temporalio/workflow';
import type { BatonActivities } from '../../contracts/wire/activities.js';
import type { RunHome } from '../../contracts/wire/run-home.js';

export class HomeClaim {
  private known: RunHome | undefined;
  private asked: Promise<RunHome> | undefined;

  constructor(known?: RunHome) {
    this.known = known;
  }

  /** Calls at once where it is known: each promise in the sandbox costs a stack trace. */
  with<T>(call: (home: RunHome) => Promise<T>): Promise<T> {
    return this.known ? call(this.known) : this.ask().then(call);
  }

  /** Steps that begin side by side ask once, and it is asked also for one that is cancelled meanwhile. */
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
