/** A conversation of thousands of turns: what it leaves in the history, and whether the worker's memory stays flat. */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { answerTo, endTalk, resultOf, say, startRun } from '@batonhq/baton/client';
import { progress, runBench } from '../command/run-bench.js';
import { withEngine, type BenchEngine } from '../command/with-engine.js';
import { WorkerProcess } from '../command/worker-process.js';
import { executionsOf } from './chain.js';
import { parseOptions, USAGE, type LongOptions } from './options.js';
import { makeReport, missed, tableOf, type Report } from './report.js';
import { TEXT } from './text.js';

/** So many messages are said before the first of them is waited for: a conversation is not held up by who listens. */
const AHEAD = 20;
const TASK_QUEUE = 'bench-long';
const RUN = 'long-talk';

async function converse(client: Client, worker: WorkerProcess, turns: number): Promise<number[]> {
  const memory: number[] = [];
  for (let said = 0; said < turns; said += AHEAD) {
    const count = Math.min(AHEAD, turns - said);
    const texts = Array.from(
      { length: count },
      (_, index) => `Message ${said + index + 1}: where is my order?`,
    );
    const tickets = await Promise.all(texts.map((text) => say(client, RUN, text)));
    const last = Math.max(...tickets.map(({ turn }) => turn));
    await answerTo(client, RUN, { turn: last });
    memory.push((await worker.usage()).residentBytes);
    if (said % 200 === 0) progress(`${said + count} of ${turns} turns`);
  }
  return memory;
}

async function measureAt({ address, folder, version }: BenchEngine, options: LongOptions): Promise<Report> {
  const assignment = { address, taskQueue: TASK_QUEUE, store: `file:${join(folder, 'store.db')}` };
  const worker = await WorkerProcess.start(
    'long',
    new URL('worker.js', import.meta.url),
    assignment,
    undefined,
  );
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    await startRun(client, 'talk', null, { id: RUN, taskQueue: TASK_QUEUE });
    const memory = await converse(client, worker, options.turns);
    await endTalk(client, RUN);
    await resultOf(client, RUN);
    const executions = await executionsOf(client, RUN);
    return makeReport(options, { executions, memory, engine: version, answerBytes: TEXT.length });
  } finally {
    await connection.close();
    await worker.stop();
  }
}

await runBench({
  usage: USAGE,
  parse: parseOptions,
  measure: (options) => withEngine(18_633, (engine) => measureAt(engine, options)),
  tableOf,
  failed: (report, { check }) => check && missed(report).length > 0,
});
