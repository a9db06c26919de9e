/** Ctrl-C and SIGTERM as an abort signal. The first one asks to end in order; the second one ends the process. */
import { setTimeout } from 'node:timers/promises';

/** The exit code of a command that was interrupted before it was done, as shells have it. */
export const INTERRUPTED = 130;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Gives the signals back to the system when it is done, however it ends. */
export async function runInterruptibly<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    // Without a listener the system's own rule holds again: the next one ends the process at once.
    dispose();
    controller.abort();
  };
  const dispose = (): void => {
    for (const name of SIGNALS) process.removeListener(name, interrupt);
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    return await act(controller.signal);
  } finally {
    dispose();
  }
}

/** Waits, but not beyond an interruption. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
