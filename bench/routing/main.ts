/**
 * How often each router is right: all of them decide the same labelled support requests, in runs on a dev server,
 * through the verb `route`.
 */
import { modelFromEnvironment } from '@batonhq/baton/worker';
import { runBench } from '../command/run-bench.js';
import { withEngine } from '../command/with-engine.js';
import { measureAll } from './measure.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { makeReport, type Report } from './report.js';
import { tableOf } from './table.js';

async function bench({ offline, every }: BenchOptions): Promise<Report> {
  const model = modelFromEnvironment(offline ? { env: {} } : {});
  return withEngine(18_333, async ({ address, version }) =>
    makeReport(await measureAll(address, model, every), model.name, version),
  );
}

await runBench({ usage: USAGE, parse: parseOptions, measure: bench, tableOf });
