import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import { FreshIndex, inWords } from './fresh-index.js';
import { searchDocs } from './tool.js';

let corpus: TemporaryCorpus;
beforeEach(async () => {
  const pages = Array.from({ length: 120 }, (_, at) => [`${at}.md`, `# Page ${at}\n\nA heron waits.\n`]);
  corpus = await temporaryCorpus(Object.fromEntries(pages) as Record<string, string>);
});
afterEach(() => corpus.remove());

function caller() {
  const told: string[] = [];
  const leaving = new AbortController();
  return { told, leaving, signal: leaving.signal, progress: (text: string) => void told.push(text) };
}

const ALL = [0, 50, 100, 120].map((done) => `indexing ${done} of 120 files`);

test('get: calls at the same time share one refresh, and each gets its progress', async () => {
  const fresh = new FreshIndex(corpus);
  const [first, second] = [caller(), caller()];
  const [index, same] = await Promise.all([fresh.get(first), fresh.get(second)]);
  expect(same).toBe(index);
  expect(first.told).toEqual(ALL);
  expect(second.told).toEqual(ALL);
  expect((await index.search('heron')).passages).not.toEqual([]);
  // A moment later, the files are not checked again.
  await corpus.write('new.md', 'A stork.\n');
  const third = caller();
  await fresh.get(third);
  expect(third.told).toEqual([]);
  index.close();
});

test('get: an aborted call ends at once; the refresh continues for the callers that still wait', async () => {
  const fresh = new FreshIndex(corpus);
  const [leaver, stayer] = [caller(), caller()];
  const left = expect(fresh.get(leaver)).rejects.toThrow('enough');
  const stayed = fresh.get(stayer);
  leaver.leaving.abort(new Error('enough'));
  await left;
  const index = await stayed;
  expect(stayer.told).toEqual(ALL);
  index.close();
});

test('get: the refresh stops when no caller waits any more, and the next call finishes it', async () => {
  const fresh = new FreshIndex(corpus);
  const leaver = caller();
  const leave = (text: string): void => {
    leaver.told.push(text);
    leaver.leaving.abort(new Error('enough'));
  };
  await expect(fresh.get({ ...leaver, progress: leave })).rejects.toThrow('enough');
  const next = caller();
  const index = await fresh.get(next);
  expect((await index.search('heron')).terms[0]?.passages).toBe(120);
  index.close();
});

test('inWords: large numbers have separators, and another process that builds the index is named', () => {
  expect(inWords({ by: 'us', done: 1234, total: 5678 })).toBe('indexing 1,234 of 5,678 files');
  expect(inWords({ by: 'another', done: 1, total: 2 })).toBe('another worker is indexing 1 of 2 files');
});

test('index: only its owner can read the file, and search results are marked as untrusted', async () => {
  await new FreshIndex(corpus).get(caller());
  const made = (await readdir(corpus.cacheFolder)).filter((name) => name.startsWith('corpus-'));
  expect(made).not.toEqual([]);
  for (const name of made)
    expect((await stat(join(corpus.cacheFolder, name))).mode & 0o777, name).toBe(0o600);
  expect(searchDocs.untrusted).toBe(true);
});
