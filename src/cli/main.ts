#!/usr/bin/env node
/** The command `baton`. The only place that says how the process ends. */
import { reportFailure } from './session/failure.js';
import { completeLive, isLiveCompletion } from './completion/live.js';

const argv = process.argv.slice(2);

// A reader that has seen enough (`baton list | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  if (isLiveCompletion(argv)) {
    await completeLive(argv);
    process.exit(0);
  }
  // Not before it is known that the commands are needed: they take a second to load.
  const { run } = await import('./program.js');
  process.exitCode = await run(argv);
} catch (error) {
  const { exitCode } = reportFailure(error, argv);
  // Temporal's native runtime, once begun, keeps a process alive whose worker never came to be.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
}
