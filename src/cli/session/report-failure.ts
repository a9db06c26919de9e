/** Tells on the terminal, or as a document, why a command failed. */
import { escapeText } from '../terminal/escape-text.js';
import { paletteFor } from '../terminal/palette.js';
import { toFailure, type Failure } from './failure.js';

/** Writes it in the form that the command line asks for, and gives what it was. */
export function reportFailure(error: unknown, argv: readonly string[]): Failure {
  const failure = toFailure(error);
  const { code, message, facts } = failure;
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code, message, facts } }, null, 2)}\n`);
  } else {
    const palette = paletteFor(process.stderr);
    const hint = code === 'UNEXPECTED' ? ' (--verbose shows more)' : palette.quiet(`  [${code}]`);
    process.stderr.write(`${palette.bad('✗')} ${escapeText(message)}${hint}\n`);
  }
  if (argv.includes('--verbose')) process.stderr.write(`${error instanceof Error ? chain(error) : ''}\n`);
  return failure;
}

function chain(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by: ${chain(error.cause)}` : own;
}
