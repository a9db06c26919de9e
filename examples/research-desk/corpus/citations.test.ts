import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import { checkCitation } from './citations.js';

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

test('checkCitation: returns the text of those lines in the file', async () => {
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
  ['line 0', 'a.md', 0, 1, 'not a valid range'],
  ['a backward range', 'a.md', 3, 2, 'not a valid range'],
  ['half a line', 'a.md', 1.5, 2, 'not a valid range'],
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
