import { describe, expect, test } from 'vitest';
import { findCommand, quoteWord } from './command-name.js';

describe('findCommand', () => {
  test.each([
    ['in its project', '/desk/node_modules/.bin/baton', '/desk/src', 'npx baton'],
    ['started by its file', '/desk/node_modules/@batonhq/baton/dist/src/cli/main.js', '/desk', 'npx baton'],
    ['installed for all', '/usr/lib/node_modules/@batonhq/baton/dist/src/cli/main.js', '/desk', 'baton'],
    ['linked for all', '/usr/local/bin/baton', '/desk', 'baton'],
    ['from a cache', '/home/.npm/_npx/1/node_modules/.bin/baton', '/desk', 'npx @batonhq/baton'],
    ['in a test runner', '/desk/node_modules/runner/worker.js', '/desk', 'baton'],
  ])('command: it works where it is printed, %s', (_, script, folder, expected) => {
    expect(findCommand({ env: {}, script, folder })).toBe(expected);
  });

  test('command: a script names itself, in a clone', () => {
    const env = { BATON_COMMAND: 'npm run -s baton --' };
    const script = '/desk/node_modules/.bin/baton';
    expect(findCommand({ env, script, folder: '/desk' })).toBe('npm run -s baton --');
  });
});

describe('quoteWord', () => {
  test('word: a shell reads the same word from one line, when it holds quotes and line breaks', () => {
    expect(quoteWord('run/1')).toBe('run/1');
    expect(quoteWord("it's")).toBe(`'it'\\''s'`);
    expect(quoteWord("it's\\ a\n┃ proof")).toBe(String.raw`$'it\'s\\ a\n┃ proof'`);
  });
});
