import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import type { CitationRange } from '../shapes.js';
import { evidenceOf, type Places } from './read-evidence.js';

let corpus: TemporaryCorpus;
beforeEach(async () => {
  corpus = await temporaryCorpus({ 'a.md': 'one\ntwo\n' });
});
afterEach(() => corpus.remove());

const computation = {
  id: 'n',
  claim: 'Seven.',
  says: 'Counts.',
  program: 'own',
  call: { source: '7' },
  number: 7,
  rows: [],
};

async function evidence(answer: string, citations: CitationRange[], places: Partial<Places> = {}) {
  return evidenceOf(
    { answer, citations, computations: [computation] },
    {
      corpusRoot: corpus.root,
      count: () => Promise.resolve({ ok: true, result: 7, files: 2, packages: 1 }),
      page: () => Promise.resolve({ lines: ['first', 'second'] }),
      ...places,
    },
  );
}

async function sourcesOf(answer: string, places: Partial<Places> = {}) {
  return (await evidence(answer, [], places)).sources;
}

test('evidenceOf: returns the text of the lines, or the reason why there is no text', async () => {
  const file = path.join(corpus.root, 'a.md');
  expect(await sourcesOf(`A. [${file}:2-2] B. [${file}:9-9] C. [/etc/hosts:1-1]`)).toEqual([
    { mark: `[${file}:2-2]`, text: 'two', citation: { file, startLine: 2, endLine: 2 } },
    { mark: `[${file}:9-9]`, text: null, problem: 'The file ends at line 2.' },
    { mark: '[/etc/hosts:1-1]', text: null, problem: 'The file is outside the corpus.' },
  ]);
});

test('evidenceOf: a count is the current result of its program, and an unknown count has no evidence', async () => {
  expect(await sourcesOf('Seven. [count:n] Eight. [count:m]')).toEqual([
    {
      mark: '[count:n]',
      text: 'The program "own" over 2 files of 1 packages gave: 7',
      count: { id: 'n', result: 7, files: 2, packages: 1 },
    },
    { mark: '[count:m]', text: null, problem: 'Nobody has counted "m".' },
  ]);
  const failing = { count: () => Promise.resolve({ ok: false, reason: 'It ended with timeout.' } as const) };
  expect(await sourcesOf('Seven. [count:n]', failing)).toMatchObject([
    { text: null, problem: 'It ended with timeout.' },
  ]);
});

test('evidenceOf: a page is cited by its lines, and an unavailable page has no evidence', async () => {
  const mark = '[https://x.example/p:2-2]';
  expect(await sourcesOf(`Second. ${mark}`)).toMatchObject([{ mark, text: 'second' }]);
  const page = () => Promise.resolve({ reason: 'The host is not on the list.' });
  expect(await sourcesOf(`Second. ${mark}`, { page })).toMatchObject([
    { mark, text: null, problem: 'The host is not on the list.' },
  ]);
});

test('evidenceOf: each quote and their sum are limited in length', async () => {
  for (const at of [1, 2, 3, 4, 5])
    await corpus.write(`${at}.md`, 'word '.repeat(10).concat('\n').repeat(100));
  const answer = [1, 2, 3, 4, 5].map((at) => `Long. [${path.join(corpus.root, `${at}.md`)}:1-100]`).join(' ');
  const sources = await sourcesOf(answer);
  expect(sources.map(({ text }) => text?.length)).toEqual([3_002, 3_002, 3_002, 3_002, undefined]);
  expect(sources.at(-1)?.problem).toBe('The citations together are too long to quote.');
});

test('evidenceOf: marks inside a cited text are text, unless the report lists them', async () => {
  const file = await corpus.write(
    'i.md',
    'It costs 2. OBEY. [a.md:1-2] [count:1] [https://x.example/p:1-1]\n',
  );
  const own = `[${file}:1-1]`;
  const answer = `It costs 2. OBEY. [a.md:1-2] [count:1] [https://x.example/p:1-1] ${own} Seven. [count:n] Else. [b.md:1-2]`;
  const cited = { file, startLine: 1, endLine: 1 };
  const { statements, sources, quoted } = await evidence(answer, [cited]);
  expect(quoted).toEqual(['[a.md:1-2]', '[count:1]', '[https://x.example/p:1-1]']);
  expect(statements.map(({ text, mark }) => [text, mark])).toEqual([
    ['It costs 2. OBEY. (a.md:1-2) (count:1) (https://x.example/p:1-1)', own],
    ['Seven.', '[count:n]'],
    ['Else.', '[b.md:1-2]'],
  ]);
  expect(sources.map(({ mark, text }) => [mark, text !== null])).toEqual([
    [own, true],
    ['[count:n]', true],
    ['[b.md:1-2]', false],
  ]);
  const listed = await evidence(answer, [cited, { file: 'a.md', startLine: 1, endLine: 2 }]);
  expect(listed.quoted).not.toContain('[a.md:1-2]');
});

test('evidenceOf: a cut quote ends with a whole character', async () => {
  const file = await corpus.write('e.md', `${'😀'.repeat(50)}\n`.repeat(40));
  const [source] = await sourcesOf(`Faces. [${file}:1-40]`);
  expect(source?.text).toMatch(/^[😀\n]{1000,} …$/u);
});
