/** Runs the workers of one process, which start and end together. */
import { toReadable } from '../contracts/data/thrown.js';

/** The part of Temporal's worker that is used here. */
export interface Runnable {
  getState(): string;
  run(): Promise<void>;
  shutdown(): void;
}

/** How long the others may take once one has failed. Another process continues their work. */
export const GRACE_MS = 10_000;

/**
 * Resolves when all have ended. When one fails, the others are shut down too, and the wait for them is limited. A process
 * that serves only some of its queues, or none, is worse than one that is restarted.
 *
 * @throws the error of the first worker that failed.
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
