import { expect, test } from 'vitest';
import { citationsIn } from './claims.js';
import { marksAsText, marksIn } from './marks.js';

test('marksIn: reads marks of one line, of several, of pages and of counts, and nothing else', () => {
  const answer =
    'x [docs/a.md:3] y [b.md:4-5] [link](http://x.org:80) arr[1:2] z [https://x.org/p:7-7] n [count:how-many]';
  expect(marksIn(answer)).toMatchObject([
    { text: '[docs/a.md:3]', at: 2, lines: { file: 'docs/a.md', startLine: 3, endLine: 3 } },
    { lines: { file: 'b.md', startLine: 4, endLine: 5 } },
    { lines: { file: 'https://x.org/p', startLine: 7, endLine: 7 } },
    { count: 'how-many' },
  ]);
});

test('marksIn: a name without an extension counts when it has a range, or is written like README', () => {
  const files = marksIn('a [notes:1-2] b [README:7] c [index:3]').map(({ lines }) => lines?.file);
  expect(files).toEqual(['notes', 'README']);
});

test('citationsIn: each place once, in the order of the marks, counts left out', () => {
  expect(citationsIn('a [b.md:1-1] [count:n] c [a.md:2-2] d [b.md:1-1]').map(({ file }) => file)).toEqual([
    'b.md',
    'a.md',
  ]);
});

test('marksAsText: marks become text of the same length, also a mark that appears when another is replaced', () => {
  const text = 'a [b.md:1-2] b [count:x] c [https://x.org/p:7-7] d [a [b.md:1-2]:3-4] e a[0]';
  const plain = marksAsText(text);
  expect(plain).toBe('a (b.md:1-2) b (count:x) c (https://x.org/p:7-7) d (a (b.md:1-2):3-4) e a[0]');
  expect(marksAsText(text, (mark) => mark === '[count:x]')).toBe(text.replace('[count:x]', '(count:x)'));
});
