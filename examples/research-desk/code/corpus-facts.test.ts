/** Which occurrences of a term count, and which do not. */
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import { corpusFacts } from './corpus-facts.js';
import { CorpusFacts } from './facts.js';
import { termPattern } from './term-pattern.js';

let corpus: TemporaryCorpus;
beforeEach(async () => {
  corpus = await temporaryCorpus();
});
afterEach(() => corpus.remove());

describe('terms', () => {
  test.each([
    ['AbortSignal', 'AbortSignal, an AbortSignal; myAbortSignal AbortSignals abortsignal', 2],
    ['timeout', 'Timeout timeouts TIMEOUT timeoutMs time-out', 3],
    ['timeouts', 'Timeout timeouts', 2],
    ['process', 'process proces', 1],
    ['safe parse', 'safe parse, Safe\tparses; safely parse', 2],
    ['API', 'api APIs rapid', 1],
    ['$ref', '$ref x$ref $refs', 1],
    ['@ts-check', '// @ts-check\nx@ts-check', 2],
    ['a.b', 'a.b axb', 1],
    ['node:fs', 'from "node:fs"; node:fsx', 1],
    ['C++', 'C++ and c++', 2],
    ['größe', 'Größe Größen', 1],
  ])('terms: %j is counted as a reader would', (term, text, times) => {
    expect(text.match(termPattern(term))?.length ?? 0).toBe(times);
  });
});

describe('facts', () => {
  test('facts: each package and file lists its lines, times and files, in the order of the terms', async () => {
    await corpus.write('guide.md', 'one\ntwo two\n');
    await corpus.write('node_modules/p/a.md', 'two\nthree\n');
    const facts = await corpusFacts(corpus.root, { terms: ['two', 'one'] });
    expect(CorpusFacts.parse(facts)).toEqual(facts);
    expect(facts.packages).toEqual([
      {
        name: '',
        direct: false,
        files: 1,
        lines: 2,
        declarations: 0,
        counts: [
          { files: 1, lines: 1, times: 2 },
          { files: 1, lines: 1, times: 1 },
        ],
      },
      {
        name: 'p',
        direct: false,
        files: 1,
        lines: 2,
        declarations: 0,
        counts: [
          { files: 1, lines: 1, times: 1 },
          { files: 0, lines: 0, times: 0 },
        ],
      },
    ]);
    expect(facts.files.map(({ file, package: name }) => [path.basename(file), name])).toEqual([
      ['guide.md', ''],
      ['a.md', 'p'],
    ]);
    expect(facts).toMatchObject({ scope: null, complete: true });
  });

  test('facts: a copy within a package counts once, one in another package counts there', async () => {
    for (const file of ['p/esm/a.md', 'p/cjs/a.md', 'q/a.md'])
      await corpus.write(`node_modules/${file}`, 'word\n');
    const { packages } = await corpusFacts(corpus.root, { terms: ['word'] });
    expect(packages.map(({ name, counts }) => [name, counts[0]?.times])).toEqual([
      ['p', 1],
      ['q', 1],
    ]);
  });

  test('facts: files outside the corpus and binary files are not read', async () => {
    await corpus.write('../secret.md', 'word');
    await symlink(path.join(corpus.root, '..', 'secret.md'), path.join(corpus.root, 'link.md'));
    await corpus.write('binary.md', Buffer.from('word\0word'));
    await corpus.write('code.js', 'word');
    expect((await corpusFacts(corpus.root, { terms: ['word'] })).files).toEqual([]);
  });

  test('facts: a package is found by its name, its name without scope, or its scope', async () => {
    for (const name of ['client', '@a/client', '@a/worker', '@b/worker'])
      await corpus.write(`node_modules/${name}/README.md`, 'x');
    const scope = async (name: string): Promise<unknown> =>
      (await corpusFacts(corpus.root, { terms: [], package: name })).scope?.packages;
    expect(await scope('Client')).toEqual(['client']);
    expect(await scope('@a/client')).toEqual(['@a/client']);
    expect(await scope('worker')).toEqual(['@a/worker', '@b/worker']);
    expect(await scope('@a')).toEqual(['@a/client', '@a/worker']);
    expect(await scope('a')).toEqual(['@a/client', '@a/worker']);
    expect(await scope('none')).toEqual([]);
  });

  test('facts: a corpus beyond the limit is marked as incomplete, and an abort ends the reading', async () => {
    await corpus.write('a.md', 'word\n');
    await corpus.write('b.md', 'word\n'.repeat(100));
    const facts = await corpusFacts(corpus.root, { terms: ['word'] }, { maxBytes: 50 });
    expect(facts).toMatchObject({ complete: false, files: [{ lines: 1 }] });
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(corpusFacts(corpus.root, { terms: ['word'] }, { signal })).rejects.toThrow('cancelled');
  });
});
