/** Runs the workers of one process, which live and end together. */
import { toReadable } from '../contracts/data/thrown.js';

/** What of Temporal's worker is used. */
export interface Runnable {
  getState(): string;
  run(): Promise<void>;
  shutdown(): void;
}

/** How long the others may take once one has failed: what they do is taken up by another process. */
export const GRACE_MS = 10_000;

/**
 * Resolves when all have ended. When one fails the others end too, and are waited for, but not for ever: a process that
 * serves a part of its queues, or none, is worse than one that is started again.
 *
 * @throws what the first that failed has failed with.
 */
export async function runTogether(workers: readonly Runnable[]): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  try {
    await Promise.all(runs);
  } catch (error) {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, GRACE_MS)));
    await Promise.race([Promise.allSettled(runs), patience]);
    clearTimeout(timer);
    throw toReadable(error);
  }
}
