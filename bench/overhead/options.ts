/** The options of the bench. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: boolean;
  /** How many steps the chains have. */
  readonly chains: readonly number[];
  /** How often each is run, on each side. */
  readonly rounds: number;
  readonly parallelRuns: number;
  /** Steps of each of the parallel runs. */
  readonly parallelSteps: number;
  /** Open runs that are added between two looks at the memory. */
  readonly heldRuns: number;
  /** Whether a missed target is a failure. */
  readonly check: boolean;
  /** Where to write a processor profile of each worker. */
  readonly profileFolder: string | undefined;
}

export const USAGE = `npm run bench:overhead [-- options]
  --json          one JSON document on standard output
  --quick         a chain of 5, twice: shows that it works, measures nothing
  --check         exit code 1 when a target is missed
  --rounds N      how often each chain is run on each side (default 20)
  --profile DIR   writes a processor profile of each worker; the numbers then include the profiler`;

export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { json, quick, check } = values;
  return {
    json,
    check,
    chains: quick ? [5] : [5, 20, 100],
    rounds: roundsFrom(values.rounds) ?? (quick ? 2 : 20),
    parallelRuns: quick ? 4 : 50,
    parallelSteps: 5,
    heldRuns: quick ? 2 : 10,
    profileFolder: values.profile,
  };
}

function roundsFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  throw new Error(`--rounds takes a whole number above 0, not "${text}".`);
}
