import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
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

async function sourcesOf(answer: string, places: Partial<Places> = {}) {
  const { sources } = await evidenceOf(answer, [computation], {
    corpusRoot: corpus.root,
    count: () => Promise.resolve({ ok: true, result: 7, files: 2, packages: 1 }),
    page: () => Promise.resolve({ lines: ['first', 'second'] }),
    ...places,
  });
  return sources;
}

test('evidenceOf: gives what stands at the lines, and for what leads nowhere the reason', async () => {
  const file = path.join(corpus.root, 'a.md');
  expect(await sourcesOf(`A. [${file}:2-2] B. [${file}:9-9] C. [/etc/hosts:1-1]`)).toEqual([
    { mark: `[${file}:2-2]`, text: 'two', citation: { file, startLine: 2, endLine: 2 } },
    { mark: `[${file}:9-9]`, text: null, problem: 'The file ends at line 2.' },
    { mark: '[/etc/hosts:1-1]', text: null, problem: 'The file is outside the corpus.' },
  ]);
});

test('evidenceOf: a count is what its program gives now, and one that nobody has made is none', async () => {
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

test('evidenceOf: a page is cited by its lines, and one that cannot be had is none', async () => {
  const mark = '[https://x.example/p:2-2]';
  expect(await sourcesOf(`Second. ${mark}`)).toMatchObject([{ mark, text: 'second' }]);
  const page = () => Promise.resolve({ reason: 'The host is not on the list.' });
  expect(await sourcesOf(`Second. ${mark}`, { page })).toMatchObject([
    { mark, text: null, problem: 'The host is not on the list.' },
  ]);
});

test('evidenceOf: what is quoted is bounded, each and together', async () => {
  for (const at of [1, 2, 3, 4, 5])
    await corpus.write(`${at}.md`, 'word '.repeat(10).concat('\n').repeat(100));
  const answer = [1, 2, 3, 4, 5].map((at) => `Long. [${path.join(corpus.root, `${at}.md`)}:1-100]`).join(' ');
  const sources = await sourcesOf(answer);
  expect(sources.map(({ text }) => text?.length)).toEqual([3_002, 3_002, 3_002, 3_002, undefined]);
  expect(sources.at(-1)?.problem).toBe('The citations together are too long to quote.');
});
