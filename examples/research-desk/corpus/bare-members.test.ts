import { expect, test } from 'vitest';
import { toPassages } from './passages.js';

const found = (text: string) =>
  toPassages('declarations', text).map(({ heading, startLine, endLine }) => [
    heading.join('.'),
    startLine,
    endLine,
  ]);

test('BareMembers: neighbouring options without comments are one passage', () => {
  expect(found('interface ParseOptions {\n  strict?: boolean;\n  depth?: number;\n}\n')).toEqual([
    ['ParseOptions', 2, 3],
  ]);
});

test('BareMembers: members of a commented declaration are not listed twice', () => {
  const text = '/** How the text is parsed. */\ninterface ParseOptions {\n  strict?: boolean;\n}\n';
  expect(found(text)).toEqual([['ParseOptions', 1, 4]]);
});

test('BareMembers: members of anything but options are left out', () => {
  expect(found('interface Tree {\n  left?: Tree;\n}\n')).toEqual([]);
});

test('BareMembers: an export without a comment is a passage under its name', () => {
  const text =
    '/** Told in a comment. */\nexport declare function told(): void;\nexport declare function bare(\n  text: string,\n): void;\n';
  expect(found(text)).toEqual([
    ['told', 1, 2],
    ['bare', 3, 5],
  ]);
});

test('BareMembers: exports that no program calls, and internal ones, are left out', () => {
  expect(found('export type Bare = string;\nexport declare function _inner(): void;\n')).toEqual([]);
});
