/** Several processes and one index: one builds, the others wait, and what a killed one has done is kept. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SearchIndex } from '../../dist/examples/research-desk/corpus/search-index.js';
import { IndexProcess } from '../fixtures/index-process.js';

const FILES = 400;

let folder: string;
let corpus: { root: string; cacheFolder: string };
const processes: IndexProcess[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'baton-index-')));
  corpus = { root: join(folder, 'documents'), cacheFolder: join(folder, 'cache') };
  mkdirSync(corpus.root);
  for (let at = 0; at < FILES; at += 1) {
    const sections = Array.from(
      { length: 4 },
      (_, part) => `## Part ${part}\n\nZebra ${at} grazes at place ${part}.\n`,
    );
    writeFileSync(
      join(corpus.root, `${String(at).padStart(3, '0')}.md`),
      `# Page ${at}\n\n${sections.join('\n')}`,
    );
  }
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((running) => running.kill()));
  rmSync(folder, { recursive: true, force: true });
});

function begin(stopAt?: number): IndexProcess {
  const running = new IndexProcess(corpus, stopAt);
  processes.push(running);
  return running;
}

async function passagesWith(word: string): Promise<number | undefined> {
  const index = await SearchIndex.open(corpus);
  try {
    return (await index.search(word)).terms[0]?.passages;
  } finally {
    index.close();
  }
}

test('index: of four processes that find none, one builds it and the others read', async () => {
  const all = Array.from({ length: 4 }, () => begin());
  const results = await Promise.all(all.map((running) => running.result()));
  expect(results.map(({ indexed }) => indexed).toSorted((a, b) => a - b)).toEqual([0, 0, 0, FILES]);
  expect(results.map(({ documents }) => documents)).toEqual([FILES, FILES, FILES, FILES]);
  expect(all.map(({ stderr }) => stderr).join('')).toBe('');
  // Each passage stands in it once.
  expect(await passagesWith('grazes')).toBe(4 * FILES);
});

test('index: a second process reports the progress of the first, and continues its build when the first is killed', async () => {
  const first = begin(200);
  await first.says(({ progress }) => progress?.by === 'us' && progress.done >= 200);
  // Stopped in the middle: what it has done can be searched.
  const found = (await passagesWith('grazes')) ?? 0;
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(4 * FILES);

  const second = begin();
  const waiting = await second.says(({ progress }) => progress?.by === 'another');
  expect(waiting.progress).toMatchObject({ total: FILES });
  expect(second.told.some(({ progress, result }) => progress?.by === 'us' || result)).toBe(false);

  await first.kill();
  const { documents, read, indexed } = await second.result();
  expect(documents).toBe(FILES);
  expect(read).toBe(FILES - found / 4);
  expect(indexed).toBe(read);
  expect(await passagesWith('grazes')).toBe(4 * FILES);
  expect(await begin().result()).toEqual({ documents: FILES, read: 0, indexed: 0, removed: 0 });
});

test('index: what one process changes, another that has it open finds', async () => {
  const index = await SearchIndex.open(corpus);
  try {
    await index.refresh();
    writeFileSync(join(corpus.root, '000.md'), '# Page 0\n\nThe okapi hides.\n');
    expect(await begin().result()).toEqual({ documents: FILES, read: 1, indexed: 1, removed: 0 });
    expect((await index.search('okapi')).passages).toHaveLength(1);
    expect(await index.refresh()).toEqual({ documents: FILES, read: 0, indexed: 0, removed: 0 });
  } finally {
    index.close();
  }
});
