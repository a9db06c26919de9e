/** The inside of a worker's process: makes the worker, says what it uses when asked, ends when told or orphaned. */
import process from 'node:process';
import type { Assignment, Order, Reply } from './protocol.js';

interface Served {
  readonly worker: { run(): Promise<void>; shutdown(): void };
  readonly modelCalls: () => number;
}

export async function serve(make: (assignment: Assignment) => Promise<Served>): Promise<void> {
  try {
    const { worker, modelCalls } = await make(JSON.parse(process.argv[2] ?? '{}') as Assignment);
    const running = worker.run();
    const end = (): void => worker.shutdown();
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

function reply(message: Reply): void {
  if (process.connected) process.send?.(message);
}
