/** The options of the bench. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly json: boolean;
  /** How many scenarios are played. */
  readonly scenarios: number;
  /** Whether a missed target is a failure. */
  readonly check: boolean;
  /** The writer of the summaries: the bench's own extract, or the provider of the environment. */
  readonly model: 'offline' | 'provider';
}

/** Every pair of a window and a number of hops once. */
const SCENARIOS = 54;

export const USAGE = `npm run bench:context [-- options]
  --json            one JSON document on standard output
  --check           exit code 1 when a target is missed
  --scenarios N     how many scenarios are played (default ${SCENARIOS}: each window with each number of hops)
  --model provider  the model of OPENAI_API_KEY or OPENAI_BASE_URL, and BATON_MODEL, writes the summaries`;

export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      scenarios: { type: 'string', default: String(SCENARIOS) },
      model: { type: 'string', default: 'offline' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { json, check, model } = values;
  const scenarios = Number(values.scenarios);
  if (!Number.isInteger(scenarios) || scenarios < 1)
    throw new Error(`--scenarios takes a whole number above 0, not "${values.scenarios}".`);
  if (model !== 'offline' && model !== 'provider')
    throw new Error(`--model takes "offline" or "provider", not "${model}".`);
  return { json, check, scenarios, model };
}
