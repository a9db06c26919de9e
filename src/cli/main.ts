#!/usr/bin/env node
/** The command `baton`. The only place that says how the process ends. */
import { toFailure, type Failure } from './session/failure.js';
import { paletteFor } from './terminal/palette.js';
import { answerLive, asksLive } from './completion/live.js';
import { escapeText } from './terminal/escape-text.js';

const argv = process.argv.slice(2);

// A reader that has seen enough (`baton list | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  if (asksLive(argv)) {
    await answerLive(argv);
    process.exit(0);
  }
  // Not before it is known that the commands are needed: they take a second to load.
  const { run } = await import('./program.js');
  process.exitCode = await run(argv);
} catch (error) {
  const failure = toFailure(error);
  report(failure, error);
  // Temporal's native runtime, once begun, keeps a process alive whose worker never came to be.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(failure.exitCode)));
}

function report(failure: Failure, error: unknown): void {
  const { code, message, facts } = failure;
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code, message, facts } }, null, 2)}\n`);
  } else {
    const palette = paletteFor(process.stderr);
    const hint = code === 'UNEXPECTED' ? ' (--verbose shows more)' : palette.quiet(`  [${code}]`);
    process.stderr.write(`${palette.bad('✗')} ${escapeText(message)}${hint}\n`);
  }
  if (argv.includes('--verbose')) process.stderr.write(`${error instanceof Error ? chain(error) : ''}\n`);
}

function chain(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by: ${chain(error.cause)}` : own;
}
