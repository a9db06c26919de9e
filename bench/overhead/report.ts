/** Makes the report of the samples: first ratios, then medians with their spread, then every raw number. */
import { cpus, totalmem } from 'node:os';
import type { HistoryAccount } from './history.js';
import type { ChainSample, Samples } from './measure.js';
import type { BenchOptions } from './options.js';
import { ratioOfMedians, spread, type Ratio, type Spread } from './statistics.js';
import { RESULT, type BySide } from './work.js';

/** The histories of a chain's runs, in the order in which they ran. */
export interface Kept {
  readonly history: BySide<readonly HistoryAccount[]>;
  /** Text in Baton's store. */
  readonly storeBytes: readonly number[];
}

export interface Compared extends Ratio {
  readonly bare: Spread;
  readonly baton: Spread;
}

export interface ChainReport {
  readonly steps: number;
  readonly latencyMs: Compared;
  readonly workerCpuMs: Compared;
  readonly historyBytes: Compared;
  readonly historyEvents: Compared;
  readonly storeBytes: Spread;
}

export interface Target {
  readonly measured: number;
  readonly wanted: string;
  readonly met: boolean;
}

export interface Report {
  readonly v: 1;
  /** The worst of the chains, Baton ÷ bare. */
  readonly latency: number;
  /** Runs a second, of the parallel runs, Baton ÷ bare. */
  readonly throughput: number;
  /** The worst of the chains, Baton ÷ bare; children counted, the store apart. */
  readonly historyBytes: number;
  /** Processor time of the worker for the parallel runs, Baton ÷ bare. */
  readonly workerCpu: number;
  /** Growth of the worker for each open run, Baton ÷ bare. */
  readonly memoryPerRun: number;
  readonly modelCallsPerStep: number;
  readonly activitiesPerStep: number;
  readonly eventsPerStep: number;
  readonly storeBytesPerStep: number;
  readonly targets: Readonly<Record<string, Target>>;
  readonly chains: readonly ChainReport[];
  readonly parallel: {
    readonly runs: number;
    readonly steps: number;
    readonly runsPerSecond: Compared;
    readonly workerCpuMs: Compared;
  };
  readonly memoryBytesPerRun: Compared;
  readonly storeFileBytes: number;
  readonly setup: Readonly<Record<string, string | number>>;
  readonly raw: unknown;
}

export interface Measured {
  readonly samples: Samples;
  readonly kept: ReadonlyMap<number, Kept>;
  readonly storeFileBytes: number;
  readonly engine: string;
}

export function makeReport(options: BenchOptions, measured: Measured): Report {
  const { samples, kept } = measured;
  const chains = [...samples.chains].map(([steps, bySide]) =>
    chainReport(steps, bySide, keptOf(kept, steps)),
  );
  const { parallelRuns: runs, parallelSteps } = options;
  const rate = (side: 'bare' | 'baton'): number[] =>
    samples.parallel[side].map(({ ms }) => (runs * 1_000) / ms);
  const runsPerSecond = compare({ bare: rate('bare'), baton: rate('baton') });
  const parallelCpu = compare(pick(samples.parallel, ({ cpuMs }) => cpuMs));
  const memory = compare(samples.heldBytes);
  const latency = Math.max(...chains.map((chain) => chain.latencyMs.ratio));
  const historyBytes = Math.max(...chains.map((chain) => chain.historyBytes.ratio));
  const counts = countsPerStep(samples, kept);
  return {
    v: 1,
    latency,
    throughput: runsPerSecond.ratio,
    historyBytes,
    workerCpu: parallelCpu.ratio,
    memoryPerRun: memory.ratio,
    ...counts,
    targets: {
      latency: atMost(1.25, latency),
      throughput: atLeast(0.8, runsPerSecond.ratio),
      historyBytes: atMost(1.5, historyBytes),
      modelCallsPerStep: exactly(1, counts.modelCallsPerStep),
      activitiesPerStep: exactly(1, counts.activitiesPerStep),
      eventsPerStep: exactly(6, counts.eventsPerStep),
    },
    chains,
    parallel: { runs, steps: parallelSteps, runsPerSecond, workerCpuMs: parallelCpu },
    memoryBytesPerRun: memory,
    storeFileBytes: measured.storeFileBytes,
    setup: setupOf(options.rounds, measured.engine),
    raw: {
      chains: Object.fromEntries(samples.chains),
      parallel: samples.parallel,
      heldBytes: samples.heldBytes,
      kept: Object.fromEntries(kept),
    },
  };
}

function atMost(limit: number, measured: number): Target {
  return { measured, wanted: `≤ ${limit}`, met: measured <= limit };
}

function atLeast(limit: number, measured: number): Target {
  return { measured, wanted: `≥ ${limit}`, met: measured >= limit };
}

function exactly(wanted: number, measured: number): Target {
  return { measured, wanted: String(wanted), met: measured === wanted };
}

/** The names of the targets that were not reached. */
export function missedTargets({ targets }: Pick<Report, 'targets'>): string[] {
  return Object.entries(targets).flatMap(([name, { met }]) => (met ? [] : [name]));
}

function setupOf(rounds: number, engine: string): Report['setup'] {
  return {
    rounds,
    resultBytes: RESULT.length,
    engine,
    node: process.version,
    processors: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
  };
}

function chainReport(steps: number, samples: BySide<ChainSample[]>, kept: Kept): ChainReport {
  return {
    steps,
    latencyMs: compare(pick(samples, ({ ms }) => ms)),
    workerCpuMs: compare(pick(samples, ({ cpuMs }) => cpuMs)),
    historyBytes: compare(pick(kept.history, ({ bytes }) => bytes)),
    historyEvents: compare(pick(kept.history, ({ events }) => events)),
    storeBytes: spread(kept.storeBytes),
  };
}

/** Over all chains of Baton's side, not medians: one step that takes two calls shows. */
function countsPerStep(
  samples: Samples,
  kept: ReadonlyMap<number, Kept>,
): Pick<Report, 'modelCallsPerStep' | 'activitiesPerStep' | 'eventsPerStep' | 'storeBytesPerStep'> {
  let [steps, modelCalls, activities, events, bytes] = [0, 0, 0, 0, 0];
  for (const [length, { baton }] of samples.chains) {
    const { history, storeBytes } = keptOf(kept, length);
    steps += length * baton.length;
    modelCalls += total(baton.map((sample) => sample.modelCalls));
    activities += total(history.baton.map((account) => account.activities));
    events += total(history.baton.map((account) => account.stepEvents));
    bytes += total(storeBytes);
  }
  return {
    modelCallsPerStep: modelCalls / steps,
    activitiesPerStep: activities / steps,
    eventsPerStep: events / steps,
    storeBytesPerStep: bytes / steps,
  };
}

function keptOf(kept: ReadonlyMap<number, Kept>, steps: number): Kept {
  const found = kept.get(steps);
  if (!found) throw new Error(`Nothing was read of the chains of ${steps}.`);
  return found;
}

function pick<T>(samples: BySide<readonly T[]>, part: (sample: T) => number): BySide<number[]> {
  return { bare: samples.bare.map(part), baton: samples.baton.map(part) };
}

function compare({ bare, baton }: BySide<readonly number[]>): Compared {
  return { ...ratioOfMedians(baton, bare), bare: spread(bare), baton: spread(baton) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
