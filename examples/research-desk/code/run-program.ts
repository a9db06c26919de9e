/**
 * Runs untrusted JavaScript in an interpreter without I/O (`sandbox.ts`), in a separate thread, within limits
 * of time, memory and output. The caller's event loop continues meanwhile, and so do its heartbeats.
 */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Json } from '@batonhq/baton';
import { compileInterpreter } from './interpreter.js';
import { DEFAULT_LIMITS, GRACE_MS, type ProgramLimits } from './limits.js';
import type { ProgramOutcome } from './outcome.js';
import { Slots } from './slots.js';
import { startThread } from './start-thread.js';
import type { ThreadMessage } from './thread-messages.js';

/** Loading the interpreter takes a fraction of a second; a slower machine has a problem. */
const START_MS = 30_000;
/** Each running program takes a core and its memory limit. */
const slots = new Slots(Math.max(2, Math.min(4, availableParallelism())));

export interface ProgramOptions extends Partial<ProgramLimits> {
  /** Ends the program; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `source` and returns its result. The source is an expression (`input.length * 2`) or the body of an
 * async function that returns its result (`const n = 2; return n;`), in strict mode. It sees `input`,
 * `console.log` and the language itself. Every behaviour of the program becomes a value of {@link
 * ProgramOutcome}. Nothing outside changes, so a retry after a crash is safe. If there are more programs than
 * cores, they wait for their turn.
 *
 * @throws the signal's reason when aborted; an Error when no thread can be started.
 */
export async function runProgram(
  source: string,
  input: Json,
  { signal, ...limits }: ProgramOptions = {},
): Promise<ProgramOutcome> {
  const task = { source, input: JSON.stringify(input), limits: { ...DEFAULT_LIMITS, ...limits } };
  return slots.use(signal, async () => {
    const thread = startThread({ ...task, interpreter: await compileInterpreter() });
    try {
      return await ending(thread, task.limits, signal);
    } finally {
      await thread.terminate();
    }
  });
}

/** Waits until the thread has an outcome, or can no longer return one. */
function ending(
  thread: Worker,
  limits: ProgramLimits,
  signal: AbortSignal | undefined,
): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const fail = (message: string, cause?: unknown): void =>
      settle(() => reject(new Error(message, { cause })));
    let timer = setTimeout(() => fail(`No thread for a program within ${START_MS / 1000} s.`), START_MS);
    const aborted = (): void => settle(() => reject(signal?.reason as Error));
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      action();
    };
    const done = (outcome: ProgramOutcome): void => settle(() => resolve(outcome));
    signal?.addEventListener('abort', aborted);
    if (signal?.aborted === true) return aborted();
    thread.on('message', (message: ThreadMessage) => {
      if (message.type === 'ended') return done(message.outcome);
      clearTimeout(timer);
      timer = setTimeout(
        () => done({ outcome: 'timeout', ms: limits.timeMs, logs: [] }),
        limits.timeMs + GRACE_MS,
      );
    });
    thread.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        done({ outcome: 'out-of-memory', bytes: limits.memoryBytes, logs: [] });
      else fail(`The thread of a program failed: ${error.message}`, error);
    });
    thread.on('exit', () => fail('The thread of a program ended without an outcome.'));
  });
}
