import { expect, test } from 'vitest';
import { fitness } from './fitness.js';
import type { Intent } from './question.js';
import { coreTerms } from './relevance.js';

const passage = { file: 'guide.md', startLine: 1, endLine: 1, score: 1, heading: 'Guide', text: '' };
const of = (question: string, intent: Intent, text: string, file = 'guide.md', heading = 'Guide') =>
  fitness({ text, startLine: 1, endLine: 1 }, { ...passage, file, heading }, intent, coreTerms(question, []));

test('fitness: punctuation in the words of a comparison is only text', () => {
  for (const word of ['zig-zag', 'C++', '[a]', '(x|y)', '@scope/pack-age', '\\d', '*'])
    expect(() =>
      of(`${word} vs straight`, 'compare', 'Zig-zag lines are longer than straight ones.'),
    ).not.toThrow();
  const named = of('zig-zag vs straight', 'compare', 'Zig-zag lines are pretty.');
  expect(named).toBeGreaterThan(of('zig-zag vs straight', 'compare', 'Broken lines are pretty.'));
});

test('fitness: the README of a package defines it best', () => {
  const text = 'Small boxes for text in terminals.';
  const first = of('What is boxer?', 'definition', text, 'node_modules/boxer/README.md', 'boxer');
  expect(first).toBeGreaterThan(
    of('What is boxer?', 'definition', text, 'node_modules/boxer/docs/a.md', 'boxer'),
  );
});
