import { describe, expect, it } from 'vitest';
import { plainText, sentences } from './sentences.js';

const texts = (source: string): string[] => sentences(source).map(({ text }) => text);

describe('sentences', () => {
  it.each([
    ['One here. Two there! Three?', ['One here.', 'Two there!', 'Three?']],
    [
      'Use it, e.g. in Node.js 20.19. It costs 3.5 ms.',
      ['Use it, e.g. in Node.js 20.19.', 'It costs 3.5 ms.'],
    ],
    ['Set `a. B` first. Then [go](http://x.y/z. html).', ['Set `a. B` first.', 'Then go.']],
    ['Dr. Who met J. Smith. He left.', ['Dr. Who met J. Smith.', 'He left.']],
    ['See No. 5 now. The answer is no. Stop.', ['See No. 5 now.', 'The answer is no.', 'Stop.']],
    ['He said "stop." Then he went.', ['He said "stop."', 'Then he went.']],
    ['Well... maybe. Yes', ['Well... maybe.', 'Yes']],
    ['一句。二句\uff01三句', ['一句。', '二句\uff01', '三句']],
    [
      'Logs, metrics, etc. are kept. Also traces, etc. They expire.',
      ['Logs, metrics, etc. are kept.', 'Also traces, etc.', 'They expire.'],
    ],
  ])('prose: stops end sentences only where one ends: %s', (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  it('markdown: each block is a unit of its own when a document has every kind', () => {
    const source = [
      '---',
      'title: Guide',
      '---',
      '# Retry *policy*',
      '',
      'A retry waits',
      'a second. Then it runs.',
      '',
      '- first item. It has two',
      '  sentences.',
      '- [ ] second',
      '',
      '1. numbered',
      '',
      '```ts',
      'run(). Then. stop',
      '```',
      '| Option | Meaning |',
      '|---|:--|',
      '| `max` | how. Many |',
      '> quoted',
      '> words.',
      '<p align="center">',
      '***',
      '[ref]: http://example.com',
      'Under',
      '-----',
      '[![badge](a.svg)](b)',
    ].join('\n');
    expect(
      sentences(source).map(({ kind, text, startLine, endLine }) => [kind, text, startLine, endLine]),
    ).toEqual([
      ['heading', 'Retry *policy*', 4, 4],
      ['prose', 'A retry waits a second.', 6, 7],
      ['prose', 'Then it runs.', 7, 7],
      ['item', 'first item.', 9, 9],
      ['item', 'It has two sentences.', 9, 10],
      ['item', 'second', 11, 11],
      ['item', 'numbered', 13, 13],
      ['code', 'run(). Then. stop', 16, 16],
      ['row', 'Option | Meaning', 18, 18],
      ['row', '`max` | how. Many', 20, 20],
      ['prose', 'quoted words.', 21, 22],
      ['heading', 'Under', 26, 26],
    ]);
  });

  it('place: the slice and the lines hold the sentence when lines end in CR LF or are wrapped', () => {
    const source =
      '---\r\ntitle: T\r\n---\r\n# Top\r\n\r\nOne is\r\nwrapped here. Two.\r\n\r\n```\r\n  code\r\n```\r\n';
    const found = sentences(source);
    expect(found.map(({ start, end }) => source.slice(start, end))).toEqual([
      '# Top',
      'One is\r\nwrapped here.',
      'Two.',
      '  code',
    ]);
    const lines = source.split('\n');
    for (const { start, end, startLine, endLine } of found) {
      expect(lines.slice(startLine - 1, endLine).join('\n')).toContain(source.slice(start, end));
    }
  });

  it('heading: a sentence names the nearest one above when there is one', () => {
    expect(sentences('Intro.\n# A\nBody.').map(({ heading }) => heading)).toEqual([
      undefined,
      undefined,
      'A',
    ]);
  });

  it('fence: everything to the end is code when the fence is never closed', () => {
    expect(sentences('Before.\n~~~\na. b.\n```\nc.').map(({ kind, text }) => [kind, text])).toEqual([
      ['prose', 'Before.'],
      ['code', 'a. b.\n```\nc.'],
    ]);
  });

  it('plainText: marks go and inline code stays when a line is made readable', () => {
    expect(plainText('> - **Note:** `Promise<void>` <b>is</b> [kept](u) &amp; ![x](y)')).toBe(
      'Note: `Promise<void>` is kept &',
    );
  });
});
