import { expect, test } from 'vitest';
import { holdsName, namesIn } from './names.js';

const words = (question: string, packages: readonly string[] = []) =>
  namesIn(question, packages).map(({ word }) => word);

test.each([
  ['What is the default port of Redis?', ['Redis']],
  ['How do I center a heading with flexgrid?', ['flexgrid']],
  ['Does quicklog have a rotation?', ['quicklog']],
  ['Which colour does quicklog use?', ['quicklog']],
  ['How does quicklog.final work?', ['quicklog.final']],
  ['What does error E1002 mean?', ['E1002']],
  ['Can I bring a dog to the office?', []],
  ['Do employees travel first class?', []],
  ['What does the API answer?', []],
  ['Darf ich einen Hund halten?', []],
])('namesIn: the names of %j are %j', (question, expected) => {
  expect(words(question)).toEqual(expected);
});

test('namesIn: only identifiers are names when the question names a known package', () => {
  expect(words('Which SQLite option does openThing of tinydb take?', ['tinydb'])).toEqual(['openThing']);
});

test('holdsName: a dotted name needs both its parts, an alias only the last', () => {
  const passage = { file: 'a/README.md', startLine: 1, endLine: 1, score: 1, heading: 'Guide', text: '' };
  const holds = (name: string, text: string) => {
    const [first] = namesIn(`How does ${name} work?`, []);
    return first !== undefined && holdsName(first, { text, startLine: 1, endLine: 1 }, passage);
  };
  expect(holds('quicklog.final', 'The final answer.')).toBe(false);
  expect(holds('quicklog.final', 'The final handler of quicklog.')).toBe(true);
  expect(holds('q.final', 'Call `final` at the end.')).toBe(true);
  expect(holds('mergeMap', 'Merge one map with another.')).toBe(false);
  expect(holds('mergeMap', 'Use `mergeMap` here.')).toBe(true);
});
