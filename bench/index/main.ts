/** How long an index of many documents takes, how much memory, and how little when little has changed. */
import { appendFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { indexFile } from '../../examples/research-desk/corpus/index-store.js';
import { progress, runBench } from '../command/run-bench.js';
import { writeCorpus } from './corpus.js';
import { measureRefresh, type Measured, type Place } from './measured-process.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { tableOf, targetsOf, type Report } from './report.js';

async function bench({ megabytes }: BenchOptions): Promise<Report> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'baton-bench-index-')));
  const place = { root: join(folder, 'documents'), cacheFolder: join(folder, 'cache') };
  try {
    progress(`writing ${megabytes} MB of documents`);
    const corpus = writeCorpus(place.root, megabytes * 1e6);
    const file = indexFile(place.cacheFolder, place.root);
    const steps = await measureSteps(place);
    return {
      v: 1,
      corpus,
      passages: await passagesIn(file),
      indexBytes: statSync(file).size,
      steps,
      targets: targetsOf(steps.build),
      setup: { node: process.versions.node, processors: availableParallelism() },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSteps(place: Place): Promise<Report['steps']> {
  const files = readdirSync(place.root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(place.root, name));
  const [first = '', second = ''] = files;
  const step = (name: string): Promise<Measured> => {
    progress(name);
    return measureRefresh(place);
  };
  const build = await step('building the index');
  const unchanged = await step('nothing changed');
  for (const file of files) utimesSync(file, new Date(), new Date());
  const touched = await step('all files touched');
  appendFileSync(first, '\nOne more line.\n');
  const changed = await step('one file changed');
  rmSync(second);
  const removed = await step('one file gone');
  return { build, unchanged, touched, changed, removed };
}

async function passagesIn(file: string): Promise<number> {
  // The last measured process may still be closing it.
  const client = createClient({ url: pathToFileURL(file).href, timeout: 30_000 });
  try {
    const { rows } = await client.execute('SELECT count(*) AS n FROM passages');
    return Number(rows[0]?.['n']);
  } finally {
    client.close();
  }
}

await runBench({ usage: USAGE, parse: parseOptions, measure: bench, tableOf });
