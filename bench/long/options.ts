/** The options of the bench. */
import { parseArgs } from 'node:util';

export interface LongOptions {
  readonly json: boolean;
  readonly turns: number;
  /** Whether a missed target is a failure. */
  readonly check: boolean;
}

export const USAGE = `npm run bench:long [-- options]
  --json       one JSON document on standard output
  --turns N    how many turns the conversation has (default 2000)
  --check      exit code 1 when a target is missed`;

export function parseOptions(args: readonly string[]): LongOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      turns: { type: 'string', default: '2000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const turns = Number(values.turns);
  if (!Number.isInteger(turns) || turns < 8)
    throw new Error(`--turns takes a whole number from 8, not "${values.turns}".`);
  return { json: values.json, check: values.check, turns };
}
