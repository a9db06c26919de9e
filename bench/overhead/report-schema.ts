/** The report of `npm run bench:overhead -- --json`, in this repository. */
import { z } from 'zod';

/** Null when both sides are 0, because 0 ÷ 0 is not a number. */
const ratio = z.number().nullable();
const interval = z
  .array(ratio)
  .length(2)
  .describe('The middle 95 % of the ratios of 2,000 resamples of the rounds.');

const Spread = z
  .object({
    median: z.number().nullable().describe('The median.'),
    quartiles: z.array(z.number().nullable()).length(2).describe('First and third quartile.'),
    n: z.int().describe('How many values there are.'),
  })
  .meta({ id: 'Spread', description: 'A median with its spread.' });

const Compared = z
  .object({
    ratio: ratio.describe('Baton ÷ bare, of the medians.'),
    interval,
    bare: Spread.describe('Temporal alone.'),
    baton: Spread.describe('The same with Baton.'),
  })
  .meta({ id: 'Compared', description: 'One quantity, measured with and without Baton.' });

const chain = z.object({
  steps: z.int().describe('How many agents stand in the chain.'),
  latencyMs: Compared.describe('From start to result, in milliseconds.'),
  workerCpuMs: Compared.describe("The worker's processor time, in milliseconds."),
  historyBytes: Compared.describe('The history as the server counts it, children included.'),
  historyEvents: Compared.describe('Events of the history, children included.'),
  storeBytes: Spread.describe("Text in Baton's store."),
});

const setup = z
  .object({
    rounds: z.int().describe('How often everything was measured.'),
    resultBytes: z.int().describe("How long an agent's result is."),
    engine: z.string().describe("The server's version."),
    node: z.string().describe("Node's version."),
    processors: z.int().describe('How many there are.'),
    processor: z.string().describe('Of which kind.'),
    memoryBytes: z.int().describe("The machine's memory."),
  })
  .describe('The machine and the rounds.');

export const BenchOverheadDocument = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    latency: ratio.describe('The worst of the chains, Baton ÷ bare.'),
    throughput: ratio.describe('Runs a second of the parallel runs, Baton ÷ bare.'),
    historyBytes: ratio.describe('The worst of the chains, Baton ÷ bare; children counted, the store apart.'),
    workerCpu: ratio.describe("The worker's processor time for the parallel runs, Baton ÷ bare."),
    memoryPerRun: ratio.describe('Growth of the worker for each open run, Baton ÷ bare.'),
    modelCallsPerStep: z.number().describe('Calls of the model a step.'),
    activitiesPerStep: z.number().describe('Activities a step.'),
    eventsPerStep: z.number().describe('Events of the history a step.'),
    storeBytesPerStep: z.number().describe("Bytes in Baton's store a step."),
    targets: z
      .record(
        z.string(),
        z.object({
          measured: ratio.describe('The measured value.'),
          wanted: z.string().describe('The target value.'),
          met: z.boolean().describe('Whether it is.'),
        }),
      )
      .describe('The targets, by name.'),
    chains: z.array(chain).describe('One for each length of chain.'),
    parallel: z
      .object({
        runs: z.int().describe('How many at once.'),
        steps: z.int().describe('How many steps each.'),
        runsPerSecond: Compared.describe('Runs that end in a second.'),
        workerCpuMs: Compared.describe("The worker's processor time, in milliseconds."),
      })
      .describe('The parallel runs.'),
    memoryBytesPerRun: Compared.describe('Growth of the worker for each open run, in bytes.'),
    storeFileBytes: z.number().describe("The store's file, in bytes."),
    setup,
    raw: z.unknown().describe('Every number that was measured; its form is not promised.'),
  })
  .describe('`npm run bench:overhead -- --json`: the cost of Baton compared with bare Temporal.');
