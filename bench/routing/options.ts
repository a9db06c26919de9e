/** The options of the bench. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: boolean;
  /** Whether no provider is asked, even where one is configured. */
  readonly offline: boolean;
  /** Of the requests of each split, every so many-th is routed. */
  readonly every: number;
}

export const USAGE = `npm run bench:routing [-- options]
  --json          one JSON document on standard output
  --offline       asks no provider, even where the environment names one
  --quick         every tenth request: shows that it works, measures little`;

export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return { json: values.json, offline: values.offline, every: values.quick ? 10 : 1 };
}
