#!/usr/bin/env node
/** The command `baton`. Only this module sets how the process ends. */
import { reportFailure } from './session/failure.js';
import { completeLive, isLiveCompletion } from './completion/live.js';

const argv = process.argv.slice(2);

// A reader that closes the pipe early (`baton list | head -1`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  if (isLiveCompletion(argv)) {
    await completeLive(argv);
    process.exit(0);
  }
  // Loaded late: the commands take a second to load.
  const { run } = await import('./program.js');
  process.exitCode = await run(argv);
} catch (error) {
  const { exitCode } = reportFailure(error, argv);
  // Temporal's native runtime keeps the process alive even if its worker was never created.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
}
