/** Public text is written by the guide of words: rules/prose.ts has it as data, CONTRIBUTING.md says why. */
import { describe, expect, test } from 'vitest';
import { findUnplain, listParagraphs } from './prose.js';
import { filesBelow, read } from './source.js';

const TEXTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  // The reference is made of docstrings, which stand in the source.
  ...filesBelow('docs', (path) => path.endsWith('.md') && !path.startsWith('docs/reference/')),
  ...['src', 'test', 'bench', 'examples'].flatMap((folder) =>
    filesBelow(folder, (path) => path.endsWith('.ts')),
  ),
];

/** Written before the guide. None is added; a file that is plain now leaves the list. */
const NOT_YET = new Set(read('test/architecture/rules/not-plain-yet.txt').split('\n').filter(Boolean));

/** Each shape that the guide refuses, and how it is said instead. */
const EXAMPLES: readonly (readonly [refused: string, plain: string])[] = [
  ['Who gives a task back no longer owns it.', 'Returning a task restores its previous owner.'],
  ['What is left over fails.', 'When the budget is exhausted, the run fails.'],
  ['The agent is told the reason.', 'The agent sees the reason.'],
  ['That is no request.', 'That is not a request. There is no request.'],
  ['The agent hands the task over.', 'The agent hands off the task.'],
  ['It runs in a workflow of its own.', 'It runs as a child workflow.'],
  ['The run goes on with the next step.', 'The run resumes at the next step.'],
  [`It ${'says one thing after another and '.repeat(6)}ends.`, 'It says one thing. Then it ends.'],
];

describe('plain words', () => {
  test.each(EXAMPLES)('prose: “%s” is refused, “%s” is not', (refused, plain) => {
    expect(findUnplain('a.md', refused)).not.toEqual([]);
    expect(findUnplain('a.md', plain)).toEqual([]);
  });

  test('prose: of a page the code, links and comments are not read, and a finding names its line', () => {
    const page =
      '# Title\n\n```ts\n// is told\n```\n\n`is told` [text](is told) <!-- is told -->\n\n- one\n  two is told\n';
    expect(findUnplain('a.md', page)).toEqual([
      { line: 9, what: expect.stringContaining('is told') as string },
    ]);
    expect(listParagraphs('One line\nof two.')).toEqual([{ line: 1, text: 'One line of two.' }]);
    expect(findUnplain('a.md', 'What does it do?')).toEqual([]);
  });

  test('prose: of a source file strings, templates and comments are read', () => {
    const code = "/** It is told. */\nconst a = 'It is told.';\n// It is told.\nconst b = `${a} is told.`;\n";
    expect(new Set(findUnplain('a.ts', code).map(({ line }) => line))).toEqual(new Set([1, 2, 3, 4]));
  });

  test('prose: a test has its titles and comments read, and its strings are data', () => {
    const code =
      "// It is told.\ntest('it is told', () => {\n  say('it is told to us');\n});\ntest.each([\n  ['it is told here'],\n])('%s is told', () => {});\n";
    expect(findUnplain('src/a.test.ts', code).map(({ line }) => line)).toEqual([1, 2, 7]);
  });

  test('prose: pages, and what source files say, are plain', () => {
    const found = TEXTS.filter((path) => !NOT_YET.has(path)).flatMap((path) =>
      findUnplain(path, read(path)).map(({ line, what }) => `${path}:${line} ${what}`),
    );
    expect(found).toEqual([]);
  });

  test('prose: a file that has become plain leaves the list of those that are not yet', () => {
    const plain = (path: string) => !TEXTS.includes(path) || findUnplain(path, read(path)).length === 0;
    expect([...NOT_YET].filter(plain)).toEqual([]);
  });
});
