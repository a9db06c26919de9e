/** Starts a program's thread, from compiled JavaScript or directly from TypeScript. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ThreadTask } from './thread-messages.js';

/** The interpreter recurses natively: only a large thread stack lets its own stack check come first. */
const STACK_MB = 32;
const HEAP_MB = 96;

/** The thread gets no environment variables and no flags of its parent, and its output is not shown. */
export function startThread(task: ThreadTask): Worker {
  const options = {
    workerData: task,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: HEAP_MB },
  };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./program-thread.js', import.meta.url), options);
  // The desk runs from source here, through a loader that a new thread does not inherit.
  const jiti = createRequire(import.meta.url).resolve('jiti');
  const thread = fileURLToPath(new URL('./program-thread.ts', import.meta.url));
  const load = `require(${JSON.stringify(jiti)}).createJiti(${JSON.stringify(import.meta.url)}).import(${JSON.stringify(thread)})`;
  return new Worker(load, { ...options, eval: true });
}
