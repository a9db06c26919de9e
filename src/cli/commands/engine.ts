/** `baton engine`: runs this folder's Temporal dev server in the foreground, or stops it. */
import { defined } from '../../contracts/data/defined.js';
import { z } from 'zod';
import { createUsageError, createEngineError } from '../../contracts/errors.js';
import { runEngine, stopEngine } from '../../engine/index.js';
import { defineCommand, take } from '../session/command.js';
import { runInterruptibly } from '../terminal/interruption.js';
import { DATA_DIR, type Session } from '../session/session.js';

/** The Web UI listens on this port plus 1,000. */
const PORTS = 'is a port, from 1 to 64535';

const Options = z.object({
  port: take(
    '--port <number>',
    'its port (default: 7233, or a free one)',
    z.coerce.number(PORTS).int(PORTS).min(1, PORTS).max(64_535, PORTS).optional(),
  ),
});

export const engineCommand = defineCommand({
  name: 'engine',
  documents: ['engine', 'engine-stop'],
  args: [{ name: '[action]', about: '"stop" ends the engine of this folder', values: ['stop'] }],
  summary: 'run a Temporal dev server on .baton/engine.db, or stop it',
  options: Options,
  examples: ['baton engine', 'baton engine stop'],
  run: (session, [action], options) => {
    if (action === undefined) return runForeground(session, options);
    if (action === 'stop') return stop(session);
    throw createUsageError(`baton engine knows "stop", not "${action}".`, { action });
  },
});

async function runForeground({ screen }: Session, { port }: z.infer<typeof Options>): Promise<number> {
  const palette = screen.notePalette;
  return runInterruptibly(async (signal) => {
    const engine = await runEngine({
      dataDir: DATA_DIR,
      ...defined({ port }),
      onProgress: (message) => screen.note(palette.quiet(`  ${message}`)),
    });
    const row = (name: string, text: string): string => `  ${palette.quiet(name.padEnd(10))}${text}`;
    screen.note(
      `${palette.good('●')} ${palette.strong('The engine is up')}`,
      row('address', engine.address),
      ...(engine.uiUrl === undefined ? [] : [row('web ui', engine.uiUrl)]),
      row('database', engine.database),
      row('log', engine.log),
      '',
      palette.quiet('  Ctrl-C ends it; the database stays.'),
    );
    const { address, uiUrl: webUi, pid, database, log } = engine;
    screen.document('engine', { address, webUi, pid, database, log });
    const interrupted = new Promise<'interrupted'>((resolve) => {
      signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
    });
    if ((await Promise.race([engine.ended, interrupted])) === 'interrupted') {
      screen.note(palette.quiet('  ending the engine'));
      await engine.stop();
      return 0;
    }
    throw createEngineError(`The engine ended unexpectedly. See ${log}.`, { log });
  });
}

async function stop({ screen }: Session): Promise<void> {
  const stopped = await stopEngine(DATA_DIR);
  screen.print(
    stopped
      ? `${screen.palette.good('✓')} The engine is stopped; its data stays in ${DATA_DIR}.`
      : 'No engine runs for this folder.',
  );
  screen.document('engine-stop', { stopped });
}
