import { expect, test } from 'vitest';
import { isAbout, isMute, meets } from './demands.js';

const statement = (text: string) => ({ text, startLine: 1, endLine: 1 });
const passage = (file: string, heading: string, owner?: string) => ({
  file,
  heading,
  startLine: 1,
  endLine: 1,
  score: 1,
  text: '',
  ...(owner === undefined ? {} : { package: owner }),
});

test.each([
  ['How long does a key last?', 'A key expires 90 days after its creation.', true],
  ['How long does a key last?', 'A key is made in the console.', false],
  ['How often is it repeated?', 'A delivery is repeated up to 8 times.', true],
  ['What is the default of depth?', 'The depth. Default: 3.', true],
  ['What is the default of depth?', 'The depth of the default tree.', false],
  ['What can I not do in a cage?', 'Birds cannot fly in a cage.', true],
  ['What can I not do in a cage?', 'Birds live in a cage.', false],
  ['How long does it take?', 'It takes ten minutes.', false],
])('meets: asked %j, %j is an answer: %j', (question, text, expected) => {
  expect(meets(question, 'fact', statement(text))).toBe(expected);
});

test('isAbout: a comment is about what it stands at, not about what it mentions', () => {
  const comment = statement('Used in `mergeMap` and `mergeScan`.');
  expect(isAbout('mergeMap', comment, passage('ops.d.ts', 'mergeInternals'))).toBe(false);
  expect(isAbout('mergeMap', comment, passage('ops.d.ts', 'mergeMap'))).toBe(true);
  expect(isAbout('mergeMap in rx', statement('`mergeMap` joins.'), passage('guide.md', 'Joining'))).toBe(
    true,
  );
});

test('isMute: the history of a package is used only when the question asks for it', () => {
  const log = passage('node_modules/a/CHANGELOG.md', '2.0.0', 'a');
  const entry = statement('The option depth takes no strings.');
  expect(isMute(entry, log, 'What is depth?')).toBe(true);
  expect(isMute(entry, log, 'What changed in depth?')).toBe(false);
  expect(isMute(entry, passage('docs/CHANGELOG.md', '2.0.0'), 'What is depth?')).toBe(false);
});

test('isMute: titles, unresolved references and pointers say nothing', () => {
  const section = passage('guide.md', '4. Webhooks');
  expect(isMute(statement('Webhooks.'), section, 'What is a webhook?')).toBe(true);
  expect(isMute(statement('`retry: Policy` — {@inheritDoc Other.retry}.'), section, 'retry')).toBe(true);
  expect(isMute(statement('Webhooks are signed.'), section, 'What is a webhook?')).toBe(false);
});
