/**
 * The rules of the house, read off the source again, because a lint rule can be switched off in a comment. Each is
 * seen red here as well: sources are planted that break it, and it must find them.
 */
import { describe, expect, test } from 'vitest';
import { FOLDER_RULES } from './rules/folders.js';
import { IMPORT_RULES } from './rules/imports.js';
import { MODULE_RULES } from './rules/modules.js';
import { PATH_RULES } from './rules/paths.js';
import { DOOR_RULES } from './rules/doors.js';
import { REPOSITORY_RULES } from './rules/repository.js';
import type { Rule } from './rules/rule.js';
import { TEST_RULES } from './rules/tests.js';
import { COMPUTED, repository, specifiersOf } from './source.js';

const files = repository();

const RULES = Object.entries({
  imports: IMPORT_RULES,
  folders: FOLDER_RULES,
  modules: MODULE_RULES,
  paths: PATH_RULES,
  doors: DOOR_RULES,
  tests: TEST_RULES,
  repository: REPOSITORY_RULES,
}).flatMap(([subject, rules]) =>
  rules.map((rule): [title: string, rule: Rule] => [`${subject}: ${rule.says}`, rule]),
);

describe('the source', () => {
  test('source: there is something to look at', () => {
    expect(files.length).toBeGreaterThan(250);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['package.json', 'src/index.ts', 'src/schemas/catalog.ts', '.ci/run']),
    );
  });

  test.each(RULES)('%s', (_title, rule) => {
    const looked = files.filter(({ path }) => rule.of(path));
    expect(looked.length).toBeGreaterThan(10);
    expect(rule.find(looked)).toEqual([]);
  });
});

describe('the rules', () => {
  test.each(RULES)('%s: seen red on what is planted', (_title, rule) => {
    expect(Object.keys(rule.planted)).not.toEqual([]);
    const missed = Object.entries(rule.planted)
      .filter(([, planted]) => !planted.every(({ path }) => rule.of(path)) || rule.find(planted).length === 0)
      .map(([name]) => name);
    expect(missed).toEqual([]);
  });

  test.each(RULES.filter(([, { innocent }]) => innocent !== undefined))(
    '%s: green on what only looks like it',
    (_title, rule) => {
      expect(rule.find(rule.innocent ?? [])).toEqual([]);
    },
  );

  test('imports: every kind of statement is found, comments are not', () => {
    const text = [
      '/** import x from "in-doc" */',
      "// import x from 'in-comment'",
      "import a from 'a';",
      "import type { B } from 'b';",
      "import {\n  c,\n  type C,\n} from 'c';",
      "import * as d from 'd';",
      "import 'e';",
      "export { f } from 'f';",
      "export type { G } from 'g';",
      "export * from 'h';",
      "type I = import('i').I;",
      "const j = await import('j');",
      'const k = await import(name);',
      "import l, { m } from 'l';",
      'const from = (x) => x;',
      "export const n = { from: 'nowhere' };",
    ].join('\n');
    const found = ['a', 'b', 'c', 'd', 'f', 'g', 'h', 'l', 'e', 'i', 'j', COMPUTED];
    expect(specifiersOf(text)).toEqual(found);
  });
});
