/** The options of the bench. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: boolean;
  /** How much text the corpus has, in MB of 1,000,000 bytes. */
  readonly megabytes: number;
}

export const USAGE = `npm run bench:index [-- options]
  --json          one JSON document on standard output
  --quick         2 MB: shows that it works, measures nothing
  --megabytes N   how much text the corpus has (default 50)`;

export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      megabytes: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const megabytes = values.megabytes === undefined ? (values.quick ? 2 : 50) : Number(values.megabytes);
  if (!Number.isFinite(megabytes) || megabytes <= 0)
    throw new Error(`--megabytes takes a number above 0, not "${values.megabytes}".`);
  return { json: values.json, megabytes };
}
