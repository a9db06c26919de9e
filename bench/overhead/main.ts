/**
 * Measures the cost of Baton compared with the same work on Temporal alone. One dev server has two workers in separate
 * processes. Both run all the time and are measured in turn.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import { openLibsqlStore } from '../../src/store/libsql-store.js';
import { progress, runBench } from '../command/run-bench.js';
import { withEngine, type BenchEngine } from '../command/with-engine.js';
import { accountOf } from './history.js';
import { Bench, type ChainSample, type Samples } from './measure.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { makeReport, missedTargets, type Kept, type Report } from './report.js';
import { tableOf } from './table.js';
import { WorkerProcess } from '../command/worker-process.js';
import type { BySide } from './work.js';

/** Ten minutes are plenty on an idle machine. */
const LIMIT_MINUTES = 40;

/** Rejects when the process receives a signal to end, or exceeds the time limit. */
function interruption(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (why: string): void => reject(new Error(`The bench was ended: ${why}.`));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop(signal));
    setTimeout(() => stop(`it took longer than ${LIMIT_MINUTES} minutes`), LIMIT_MINUTES * 60_000).unref();
  });
}

async function bench(options: BenchOptions): Promise<Report> {
  const interrupted = interruption();
  // Heard when the measuring begins, also what came before.
  interrupted.catch(() => {});
  return withEngine(18_233, (engine) => measureAt(engine, options, interrupted));
}

async function measureAt(
  { address, folder, version }: BenchEngine,
  options: BenchOptions,
  interrupted: Promise<never>,
): Promise<Report> {
  const store = join(folder, 'store.db');
  const workers: WorkerProcess[] = [];
  try {
    const begin = async (side: 'bare' | 'baton'): Promise<WorkerProcess> => {
      const assignment = { address, taskQueue: `bench-${side}`, store: `file:${store}` };
      const worker = await WorkerProcess.start(
        side,
        new URL(`${side}/worker.js`, import.meta.url),
        assignment,
        options.profileFolder,
      );
      workers.push(worker);
      return worker;
    };
    const bySide = { bare: await begin('bare'), baton: await begin('baton') };
    const connection = await Connection.connect({ address });
    try {
      const client = new Client({ connection });
      const samples = await Promise.race([
        new Bench(client, bySide, options, progress).measure(),
        interrupted,
      ]);
      progress('reading the histories');
      return makeReport(options, {
        samples,
        kept: await readKept(client, samples, `file:${store}`),
        storeFileBytes: await sizeWithLog(store),
        engine: version,
      });
    } finally {
      await connection.close();
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

async function readKept(client: Client, samples: Samples, storeUrl: string): Promise<Map<number, Kept>> {
  const store = await openLibsqlStore(storeUrl);
  const account = async (of: readonly ChainSample[]) => {
    const accounts = [];
    for (const { run } of of) accounts.push(await accountOf(client, run));
    return accounts;
  };
  const read = async (bySide: BySide<ChainSample[]>): Promise<Kept> => {
    const history = { bare: await account(bySide.bare), baton: await account(bySide.baton) };
    const storeBytes = await Promise.all(
      history.baton.map(async ({ root }) => (root === undefined ? 0 : store.size(root))),
    );
    return { history, storeBytes };
  };
  try {
    const kept = new Map<number, Kept>();
    for (const [steps, bySide] of samples.chains) kept.set(steps, await read(bySide));
    return kept;
  } finally {
    store.close();
  }
}

/** The size includes SQLite's write-ahead log, which SQLite has not yet moved into the file. */
async function sizeWithLog(file: string): Promise<number> {
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

await runBench({
  usage: USAGE,
  parse: parseOptions,
  measure: bench,
  tableOf,
  failed: (report, { check }) => check && missedTargets(report).length > 0,
});
