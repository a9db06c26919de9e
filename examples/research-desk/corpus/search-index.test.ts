import { readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import { indexFile } from './index-store.js';
import { quoted } from './query.js';
import type { Progress } from './refresh.js';
import { SearchIndex, shownPath } from './search-index.js';

let corpus: TemporaryCorpus;
const open: SearchIndex[] = [];

async function opened(): Promise<SearchIndex> {
  const index = await SearchIndex.open(corpus);
  open.push(index);
  return index;
}

beforeEach(async () => {
  corpus = await temporaryCorpus({
    'gardens.md':
      '# Gardens\n\nRoses are pruned in March.\n\n## Watering\n\nWater the tomatoes every morning.\n',
    'boats.txt': 'The anchor of the boat weighs twelve kilograms.\n',
  });
});
afterEach(async () => {
  for (const index of open.splice(0)) index.close();
  await corpus.remove();
});

describe('refresh', () => {
  test('refresh: reads only what is new, changed or gone', async () => {
    const index = await opened();
    expect(await index.refresh()).toEqual({ documents: 2, read: 2, indexed: 2, removed: 0 });
    expect(await index.refresh()).toEqual({ documents: 2, read: 0, indexed: 0, removed: 0 });
    await corpus.write('boats.txt', 'The mast of the boat is of spruce, and twice as long as before.\n');
    await corpus.write('new.rst', 'Kites fly.\n');
    await rm(path.join(corpus.root, 'gardens.md'));
    expect(await index.refresh()).toEqual({ documents: 2, read: 2, indexed: 2, removed: 1 });
    expect((await index.search('anchor')).passages).toEqual([]);
    expect((await index.search('roses')).passages).toEqual([]);
    expect((await index.search('spruce mast')).passages).toHaveLength(1);
  });

  test('refresh: a file that is touched but not changed keeps its passages', async () => {
    const index = await opened();
    await index.refresh();
    await utimes(path.join(corpus.root, 'boats.txt'), new Date(), new Date(Date.now() + 60_000));
    expect(await index.refresh()).toEqual({ documents: 2, read: 1, indexed: 0, removed: 0 });
    expect((await index.search('anchor')).passages).toHaveLength(1);
    expect(await index.refresh()).toMatchObject({ read: 0 });
  });

  test('refresh: finds a change that keeps the size and sets the time back', async () => {
    const index = await opened();
    await index.refresh();
    const file = path.join(corpus.root, 'boats.txt');
    const { atime, mtime } = await stat(file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('anchor', 'walrus'));
    await utimes(file, atime, mtime);
    expect(await index.refresh()).toEqual({ documents: 2, read: 1, indexed: 1, removed: 0 });
    expect((await index.search('walrus')).passages).toHaveLength(1);
  });

  test('refresh: reports its progress up to the end, and nothing when the index is up to date', async () => {
    for (let at = 0; at < 60; at++) await corpus.write(`many/${at}.md`, `# Page ${at}\n\nA gnu.\n`);
    const index = await opened();
    const told: Progress[] = [];
    await index.refresh({ onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { by: 'us', done: 0, total: 62 },
      { by: 'us', done: 50, total: 62 },
      { by: 'us', done: 62, total: 62 },
    ]);
    await index.refresh({ onProgress: (progress) => told.push(progress) });
    expect(told).toHaveLength(3);
  });

  test('refresh: a copy stays in the index when its original is deleted', async () => {
    const text = 'Lanterns burn whale oil in this story.\n';
    await corpus.write('a.txt', text);
    await corpus.write('b.txt', text);
    const index = await opened();
    await index.refresh();
    expect((await index.search('whale lanterns')).passages.map(({ file }) => path.basename(file))).toEqual([
      'a.txt',
    ]);
    await rm(path.join(corpus.root, 'a.txt'));
    await index.refresh();
    expect((await index.search('whale lanterns')).passages.map(({ file }) => path.basename(file))).toEqual([
      'b.txt',
    ]);
  });

  test('refresh: two refreshes of one file at once leave each passage once', async () => {
    for (let at = 0; at < 40; at++)
      await corpus.write(`many/${at}.md`, `# Page ${at}\n\nZebra number ${at} grazes here.\n`);
    const [first, second] = [await opened(), await opened()];
    await Promise.all([first.refresh(), second.refresh()]);
    const { passages } = await first.search('zebra grazes', { limit: 20 });
    expect(new Set(passages.map(({ file }) => file)).size).toBe(passages.length);
    expect((await second.search('zebra')).terms).toMatchObject([{ term: 'zebra', passages: 40 }]);
  });

  test('refresh: stops when it is aborted, and the next one finishes', async () => {
    const index = await opened();
    await expect(index.refresh({ signal: AbortSignal.abort() })).rejects.toThrow();
    expect(await index.refresh()).toMatchObject({ indexed: 2 });
  });

  test('open: replaces an index file that is not a database', async () => {
    (await opened()).close();
    const file = indexFile(corpus.cacheFolder, corpus.root);
    for (const suffix of ['-wal', '-shm']) await rm(file + suffix, { force: true });
    await writeFile(
      file,
      'this is not a database, but long enough to be read as the header of one'.repeat(20),
    );
    const index = await opened();
    await index.refresh();
    expect((await index.search('anchor')).passages).toHaveLength(1);
  });

  test('refresh: leaves out files that are binary, minified, too large, hidden or outside', async () => {
    await corpus.write('binary.md', Buffer.from([35, 32, 0, 1, 2, 3, 119, 97, 108, 114, 117, 115]));
    await corpus.write('minified.d.ts', `/** walrus */declare const x:${'{a:1};'.repeat(2_000)}`);
    await corpus.write('large.md', `walrus ${'words and more words '.repeat(120_000)}`);
    await corpus.write('.hidden/secret.md', 'walrus');
    await corpus.write('node_modules/a/node_modules/b/README.md', 'walrus');
    await writeFile(path.join(path.dirname(corpus.root), 'outside.md'), 'walrus');
    await symlink(path.join(path.dirname(corpus.root), 'outside.md'), path.join(corpus.root, 'link.md'));
    await symlink('/', path.join(corpus.root, 'everything'));
    await symlink(corpus.root, path.join(corpus.root, 'circle'));
    const index = await opened();
    await index.refresh();
    expect((await index.search('walrus')).passages).toEqual([]);
  });
});

describe('search', () => {
  test.each([
    '"',
    '""',
    "'; DROP TABLE passages; --",
    'a" OR b',
    'NEAR(a b)',
    'text:anchor',
    'anchor*',
    '^anchor',
    '{text} : x',
    '(((',
    'AND OR NOT',
    '-',
    '\0',
    '%',
    '\\',
    '🍞',
    '"anchor" AND (',
    'x'.repeat(10_000),
    'word '.repeat(3_000),
  ])('search: %j is only words', async (query) => {
    const index = await opened();
    await index.refresh();
    await expect(index.search(query)).resolves.toBeDefined();
    expect((await index.search('anchor')).passages).toHaveLength(1);
  });

  test('search: returns file, lines, heading and text, and names words that no document has', async () => {
    const index = await opened();
    await index.refresh();
    const { passages, terms } = await index.search('When do I water tomatoes and unicorns?');
    expect(passages[0]).toMatchObject({
      file: path.join(corpus.root, 'gardens.md'),
      startLine: 5,
      endLine: 7,
      heading: 'Gardens › Watering',
      text: '## Watering\n\nWater the tomatoes every morning.',
    });
    expect(terms.filter((term) => term.passages === 0).map(({ term }) => term)).toEqual(['unicorns']);
  });

  test('search: finds the parts of identifiers, other forms of a word, and scripts without spaces', async () => {
    await corpus.write('api.md', 'Set `nextRetryDelay` for it.\n');
    await corpus.write('ja.md', '# 東京\n\n東京タワーは高いです。\n');
    const index = await opened();
    await index.refresh();
    expect((await index.search('delay of retries')).passages[0]?.file).toMatch(/api\.md$/);
    expect((await index.search('watered tomato')).passages[0]?.file).toMatch(/gardens\.md$/);
    expect((await index.search('東京タワー')).passages[0]?.file).toMatch(/ja\.md$/);
  });

  test('search: prefers the package that the question names, also by its scope', async () => {
    for (const name of ['alpha', '@beta/client', '@beta/worker', 'gamma']) {
      await corpus.write(
        `node_modules/${name}/README.md`,
        `# ${name}\n\nTo retry a request, set the retry option.\n`,
      );
    }
    for (const name of ['delta', 'epsilon']) {
      await corpus.write(
        `node_modules/${name}/README.md`,
        `# Retry a request with gamma\n\nRetry a request in ${name} as in gamma: set gamma.\n`,
      );
    }
    const index = await opened();
    await index.refresh();
    expect((await index.search('How do I retry a request in gamma?')).passages[0]?.package).toBe('gamma');
    const beta = await index.search('How does the beta worker retry a request?');
    expect(beta.passages[0]?.package).toBe('@beta/worker');
    expect(beta.packages).toContain('@beta/client');
  });

  test('search: does not fill its answer from one place of one file', async () => {
    const section = (at: number) => `## Part ${at}\n\nThe compass needle points north, part ${at}.\n`;
    await corpus.write('long.md', Array.from({ length: 12 }, (_, at) => section(at)).join('\n'));
    await corpus.write('other.md', '# Other\n\nA compass has a needle.\n');
    const index = await opened();
    await index.refresh();
    const files = (await index.search('compass needle', { limit: 4 })).passages.map(({ file }) =>
      path.basename(file),
    );
    expect(files).toContain('other.md');
  });
});

test('quoted: a quote inside cannot end the phrase', () => {
  expect(quoted('a" OR "b')).toBe('"a"" OR ""b"');
});

test('shownPath: relative below the working directory, absolute elsewhere', () => {
  expect(shownPath('/project/node_modules', 'zod/README.md', '/project')).toBe('node_modules/zod/README.md');
  expect(shownPath('/docs', 'a/b.md', '/project')).toBe('/docs/a/b.md');
  expect(shownPath('/docs/a.md', 'a.md', '/project')).toBe('/docs/a.md');
});
