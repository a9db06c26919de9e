/**
 * The inside of a worker's process: makes the worker, says what it uses when asked, ends when told or orphaned. With
 * the server gone, and runs open, Temporal's worker waits for the server's answer without limit; so the end does not
 * wait for it for longer than a grace.
 */
import process from 'node:process';
import type { Assignment, Order, Reply } from './protocol.js';

const GRACE_MS = 5_000;

interface Served {
  readonly worker: { run(): Promise<void>; shutdown(): void };
  readonly modelCalls: () => number;
}

export async function serve(make: (assignment: Assignment) => Promise<Served>): Promise<void> {
  try {
    const { worker, modelCalls } = await make(JSON.parse(process.argv[2] ?? '{}') as Assignment);
    const running = worker.run();
    const end = once(() => {
      setTimeout(() => process.exit(1), GRACE_MS).unref();
      worker.shutdown();
    });
    process.on('message', (order: Order) => {
      if (order === 'stop') {
        end();
        return;
      }
      const { user, system } = process.cpuUsage();
      const residentBytes = process.memoryUsage.rss();
      reply({
        kind: 'usage',
        usage: { cpuMs: (user + system) / 1_000, residentBytes, modelCalls: modelCalls() },
      });
    });
    process.once('disconnect', end);
    // Temporal's runtime receives the same signals and ends the worker automatically.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => setTimeout(end, 0));
    reply({ kind: 'ready' });
    await running;
    process.off('disconnect', end);
    // Not left to the event loop: after many open runs something of the worker's was once seen to keep it alive.
    process.exit();
  } catch (error) {
    reply({
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    process.exitCode = 1;
  }
}

/** Ending a worker twice throws, so only the first call runs. */
function once(body: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    try {
      body();
    } catch {
      // Ending, by a signal that reached Temporal's runtime first.
    }
  };
}

function reply(message: Reply): void {
  if (process.connected) process.send?.(message);
}
