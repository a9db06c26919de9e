import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import { checkCitation } from './citations.js';
import { marksIn, reconcile, WITHDRAWN } from './reconcile.js';

let corpus: TemporaryCorpus;
beforeEach(async () => {
  corpus = await temporaryCorpus({
    'a.md': 'one\ntwo\n\nfour\n',
    'b.txt': 'erste\r\nzweite\r\n',
    'secret.key': 'hidden',
  });
  await writeFile(path.join(path.dirname(corpus.root), 'outside.md'), 'outside');
  await symlink(path.join(path.dirname(corpus.root), 'outside.md'), path.join(corpus.root, 'link.md'));
});
afterEach(() => corpus.remove());

const inCorpus = (file: string) => path.join(corpus.root, file);

test('checkCitation: gives the text that stands in the file at those lines', async () => {
  const checked = await checkCitation(corpus.root, { file: inCorpus('a.md'), startLine: 1, endLine: 2 });
  const lines = (await readFile(inCorpus('a.md'), 'utf8')).split('\n');
  expect(checked).toEqual({
    ok: true,
    citation: { file: inCorpus('a.md'), startLine: 1, endLine: 2, text: lines.slice(0, 2).join('\n') },
  });
});

test('checkCitation: a CRLF file is quoted without its CRs', async () => {
  expect(
    await checkCitation(corpus.root, { file: inCorpus('b.txt'), startLine: 1, endLine: 2 }),
  ).toMatchObject({ citation: { text: 'erste\nzweite' } });
});

test.each([
  ['lines past the end', 'a.md', 3, 5, 'ends at line 4'],
  ['line 0', 'a.md', 0, 1, 'no range'],
  ['a backward range', 'a.md', 3, 2, 'no range'],
  ['half a line', 'a.md', 1.5, 2, 'no range'],
  ['blank lines', 'a.md', 3, 3, 'blank'],
  ['too many lines', 'a.md', 1, 5_000, 'too many'],
  ['a file that is not there', 'none.md', 1, 1, 'no such file'],
  ['a path that climbs out', '../outside.md', 1, 1, 'outside the corpus'],
  ['a link that leads out', 'link.md', 1, 1, 'outside the corpus'],
  ['a file of another kind', 'secret.key', 1, 1, 'not a document'],
  ['a folder', '.', 1, 1, 'not a document'],
  ['a NUL in the name', 'a.md\0', 1, 1, 'not one'],
])('checkCitation: refuses %s', async (_, file, startLine, endLine, reason) => {
  const checked = await checkCitation(corpus.root, { file: `${corpus.root}/${file}`, startLine, endLine });
  expect(checked).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
});

test('checkCitation: refuses a neighbour folder whose name begins like the corpus', async () => {
  const neighbour = `${corpus.root}-neighbour.md`;
  await writeFile(neighbour, 'text');
  expect(await checkCitation(corpus.root, { file: neighbour, startLine: 1, endLine: 1 })).toMatchObject({
    ok: false,
  });
});

test('reconcile: withdraws what does not stand there, and adds what is marked but not listed', async () => {
  const good = inCorpus('a.md');
  const answer = `One [${good}:1-1]. Four [${good}:4-4]. Wrong [${good}:9-9]. Not a mark: list[0:1] and a[1].`;
  const result = await reconcile(corpus.root, {
    answer,
    citations: [
      { file: good, startLine: 1, endLine: 1 },
      { file: '/etc/passwd', startLine: 1, endLine: 1 },
    ],
  });
  expect(result.answer).toBe(
    `One [${good}:1-1]. Four [${good}:4-4]. Wrong ${WITHDRAWN}. Not a mark: list[0:1] and a[1].`,
  );
  expect(result.citations.map(({ text }) => text)).toEqual(['one', 'four']);
  expect(result.withdrawn).toHaveLength(2);
});

test('marksIn: reads marks of one line and of several, and nothing else', () => {
  expect(marksIn('x [docs/a.md:3] y [b.md:4-5] [link](http://x.org:80) arr[1:2]')).toEqual([
    { file: 'docs/a.md', startLine: 3, endLine: 3 },
    { file: 'b.md', startLine: 4, endLine: 5 },
  ]);
});

test('marksIn: a name without an ending counts where it has a range, or is written as README is', () => {
  const files = marksIn('a [notes:1-2] b [README:7] c [index:3]').map(({ file }) => file);
  expect(files).toEqual(['notes', 'README']);
});
