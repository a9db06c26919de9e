/**
 * Turns Ctrl-C and SIGTERM into an abort signal. The first one asks for an orderly end; the second one ends
 * the process.
 */
import { setTimeout } from 'node:timers/promises';

/** The usual exit code in shells for a command that was interrupted. */
export const INTERRUPTED = 130;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Restores the system's signal handling at the end, also after an error. */
export async function runInterruptibly<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    // Without a listener, the system's default applies again: the next signal ends the process at once.
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

/** Waits, but no longer than until an interruption. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
