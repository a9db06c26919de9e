/** Runs one step of the bench in a separate process, to measure the time and memory of this step alone. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SearchIndex } from '../../examples/research-desk/corpus/search-index.js';
import type { RefreshResult } from '../../examples/research-desk/corpus/refresh.js';

export interface Place {
  readonly root: string;
  readonly cacheFolder: string;
}

export interface Measured extends RefreshResult {
  readonly seconds: number;
  /** The most memory that the process held, in bytes. */
  readonly peakRssBytes: number;
  /** How often it said how far it was. */
  readonly words: number;
  readonly searchMs: number;
}

/** Brings the index up to the files, and searches once. */
export async function measureRefresh(place: Place): Promise<Measured> {
  const child = fork(fileURLToPath(import.meta.url), [place.root, place.cacheFolder]);
  const [measured] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`The process ended with ${String(code)}.`)),
    ),
  ])) as [Measured];
  return measured;
}

async function refresh(place: Place): Promise<Measured> {
  let words = 0;
  const began = performance.now();
  const index = await SearchIndex.open(place);
  const result = await index.refresh({ onProgress: () => (words += 1) });
  const seconds = (performance.now() - began) / 1_000;
  const asked = performance.now();
  await index.search('configure the worker lock path');
  const searchMs = performance.now() - asked;
  index.close();
  // Of the operating system, in kilobytes on each of them.
  const peakRssBytes = process.resourceUsage().maxRSS * 1_024;
  return { ...result, seconds, peakRssBytes, words, searchMs };
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , root = '', cacheFolder = ''] = process.argv;
  process.send(await refresh({ root, cacheFolder }));
  process.disconnect();
}
