import path from 'node:path';
import { expect, test } from 'vitest';
import { readDocument, toLines } from './document-text.js';
import { listDocuments } from './documents.js';
import { toPassages } from './passages.js';

const nodeModules = path.resolve('node_modules');

test('toPassages: every passage is exactly its lines, in order and apart, over the documents of real packages', async () => {
  const documents = await listDocuments(nodeModules);
  const chosen = documents.filter((_, at) => at % 12 === 0);
  let passages = 0;
  for (const document of chosen) {
    const text = await readDocument(document.path);
    if (text === undefined) continue;
    const raw = text.split('\n').map((line) => line.replace(/\r$/, ''));
    let before = 0;
    for (const { startLine, endLine, text: cited } of toPassages(document.kind, text)) {
      if (cited !== raw.slice(startLine - 1, endLine).join('\n'))
        throw new Error(`${document.path}:${startLine}`);
      if (startLine <= before || endLine < startLine || endLine - startLine > 64)
        throw new Error(`${document.path}:${startLine}-${endLine}`);
      if (cited.trim() === '') throw new Error(`${document.path}:${startLine} is blank`);
      before = endLine;
      passages += 1;
    }
  }
  expect(chosen.length).toBeGreaterThan(100);
  expect(passages).toBeGreaterThan(1_000);
});

const guide = `# Guide

[![badge](https://example.org/b.svg)](https://example.org)

Opening words.

## Install

Run this:

\`\`\`sh
# not a heading
npm install thing
\`\`\`

## Use

### First

Text of the first.

Setext
------

Text below it.
`;

test('toPassages: headings form paths, code stays with its introduction, and a # in code is not a heading', () => {
  const passages = toPassages('markdown', guide);
  expect(passages.map(({ heading, startLine, endLine }) => [heading.join('/'), startLine, endLine])).toEqual([
    ['Guide', 1, 5],
    ['Guide/Install', 7, 14],
    ['Guide/Use/First', 18, 20],
    ['Guide/Setext', 22, 25],
  ]);
  expect(passages[1]?.text).toContain('npm install thing');
});

test('toPassages: lines and numbers are the same with CRLF as with LF, and the CRs are left out', () => {
  const unix = toPassages('markdown', guide);
  const windows = toPassages('markdown', guide.replaceAll('\n', '\r\n'));
  expect(windows).toEqual(unix);
});

test('toPassages: letters beyond ASCII, a byte-order mark and unusual separators move no line', () => {
  const text = '\uFEFF# Überschrift 🍞\n\nEine Zeile mit \u2028 Trenner, 漢字 und é.\nZweite\fZeile.\n';
  const [passage] = toPassages('markdown', text);
  expect(passage).toMatchObject({ startLine: 1, endLine: 4, heading: ['Überschrift 🍞'] });
  expect(passage?.text).toBe(text.trimEnd());
});

test('toPassages: plain text is cut at lines in capitals and at underlines', () => {
  const text = 'OPENING HOURS\n\nFrom nine to five.\n\nPlaces\n~~~~~~\n\nNorth gate.\n';
  expect(toPassages('text', text).map(({ heading, startLine }) => [heading.join('/'), startLine])).toEqual([
    ['OPENING HOURS', 1],
    ['OPENING HOURS/Places', 5],
  ]);
});

test('toPassages: a doc comment comes with its declaration, under the names that hold it', () => {
  const text = `export interface Options {
    /**
     * How long to wait, in seconds.
     * @default 30
     */
    timeout?: number;
    /** Called at the end. */
    done(): void;
    undocumented: string;
}
/** Starts it with { braces } in the text. */
export declare function start(options: Options): void;
`;
  const passages = toPassages('declarations', text);
  expect(passages.map(({ heading, startLine, endLine }) => [heading.join('.'), startLine, endLine])).toEqual([
    ['Options.timeout', 2, 6],
    ['Options.done', 7, 8],
    // For options, also the ones without a description.
    ['Options', 9, 9],
    ['start', 11, 12],
  ]);
});

test('toPassages: a paragraph of hundreds of lines is cut at whole lines', () => {
  const text = Array.from({ length: 400 }, (_, at) => `line ${at} of a very long paragraph`).join('\n');
  const passages = toPassages('text', text);
  expect(Math.max(...passages.map(({ startLine, endLine }) => endLine - startLine + 1))).toBeLessThanOrEqual(
    34,
  );
  expect(passages.map((passage) => passage.text).join('\n')).toBe(text);
});

test('toLines: a terminator at the very end opens no line, an empty line before it counts', () => {
  expect(toLines('a\r\nb\n')).toEqual(['a', 'b']);
  expect(toLines('a\n\n')).toEqual(['a', '']);
  expect(toLines('')).toEqual([]);
  expect(toLines('a\rb')).toEqual(['a\rb']);
});
