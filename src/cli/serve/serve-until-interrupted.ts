/** The common part of `dev` and `worker`: serve, say what is served, end in order. */
import { defined } from '../../contracts/data/defined.js';
import type { Logger } from '@temporalio/worker';
import type { LoadedConfig } from '../../worker/load-config.js';
import { onInterruption } from '../terminal/interruption.js';
import { printServed, listServed, type Served } from './print-served.js';
import { serve } from './serve.js';
import type { Server, Session } from '../session/session.js';

export async function serveUntilInterrupted(
  { screen }: Session,
  server: Server,
  config: LoadedConfig,
  logger: Logger,
  { inbox, ...options }: Parameters<typeof serve>[3] & Pick<Served, 'inbox'> = {},
): Promise<void> {
  const interruption = onInterruption();
  try {
    const serving = await serve(server, config, logger, options);
    const orchestrations = options.serves?.orchestrations ?? true;
    const { permissions } = serving;
    const served = {
      ...listServed(server, config, { permissions, orchestrations }),
      ...defined({ inbox }),
    };
    printServed(screen, served, config);
    screen.document('serving', served);
    interruption.signal.addEventListener('abort', () => {
      screen.note(screen.notePalette.quiet('  ending the worker (Ctrl-C again ends it at once)'));
      void serving.stop();
    });
    if (interruption.signal.aborted) void serving.stop();
    try {
      await serving.ended;
    } finally {
      await serving.stop();
    }
  } finally {
    interruption.dispose();
  }
}
