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

test('BareMembers: what a commented declaration shows already is not given twice', () => {
  const text = '/** How the text is parsed. */\ninterface ParseOptions {\n  strict?: boolean;\n}\n';
  expect(found(text)).toEqual([['ParseOptions', 1, 4]]);
});

test('BareMembers: members of anything but options are left out', () => {
  expect(found('interface Tree {\n  left?: Tree;\n}\n')).toEqual([]);
});
