/** What must not be in a repository that others clone: their author's machine, and tests that are switched off. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read, ROOT } from './source.js';

const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', '.baton', 'outbox', 'coverage']);
const TEXT = /(?:^|\/)(?:\.[\w.-]+|\w+|[\w.-]+\.(?:ts|mjs|json|md|ya?ml|sh|toml|txt|eml|html|css))$/;

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    // The folder at the top is made by the build; the one in src is not.
    if (LEFT_OUT.has(entry.name) || path === 'schemas') return [];
    return entry.isDirectory() ? filesIn(path) : TEXT.test(path) ? [path] : [];
  });
}

const files = filesIn('').map((path) => ({ path, text: read(path) }));
const code = files.filter(({ path }) => /\.(?:ts|mjs)$/.test(path));

/** Where a pattern occurs, as `file:line: text`. */
function occurrences(among: typeof files, pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  );
}

/** Put together here, so that this file does not hold what it looks for. */
const any = (...words: readonly string[]): RegExp => new RegExp(words.join('|'));
const folder = (name: string): string => `(?<![\\w.@-])/${name}/`;

describe('the repository', () => {
  test('hygiene: there is something to look at', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['package.json', 'src/index.ts', '.ci/run']),
    );
  });

  test('hygiene: no file names a folder of the machine it was written on', () => {
    expect(occurrences(files, any(folder('work'), folder('root')))).toEqual([]);
  });

  test('hygiene: no file names a package registry', () => {
    expect(
      occurrences(files, any(['registry', 'npmjs'].join('\\.'), ['registry', 'yarnpkg'].join('\\.'))),
    ).toEqual([]);
  });

  test('hygiene: the lock file says what is installed, not from where', () => {
    const lock = read('package-lock.json');
    expect(lock.includes('"resolved"')).toBe(false);
    expect(lock.includes('"integrity"')).toBe(true);
  });

  test('hygiene: no test is left out, and none stands alone', () => {
    const tests = code.filter(({ path }) => path.endsWith('.test.ts'));
    const switched = /\b(?:describe|test|it)(?:\.\w+(?:\([^)]*\))?)*\.(?:only|skip|todo|fails)\b/;
    expect(tests.length).toBeGreaterThan(20);
    expect(occurrences(tests, switched)).toEqual([]);
  });

  test('hygiene: the compiler is not told to look away', () => {
    const ignoring = any(['@ts', 'ignore'].join('-'), ['@ts', 'nocheck'].join('-'));
    expect(occurrences(code, ignoring)).toEqual([]);
    const expecting = code.filter(
      ({ path }) => !path.startsWith('test/types/') && !path.endsWith('hygiene.test.ts'),
    );
    expect(occurrences(expecting, /@ts-expect-error/)).toEqual([]);
  });

  test('hygiene: nothing is left to be done later', () => {
    const markers = any(`\\b${['TO', 'DO'].join('')}\\b`, `\\b${['FIX', 'ME'].join('')}\\b`);
    expect(occurrences(code, markers)).toEqual([]);
  });

  test('hygiene: dependencies are pinned to what was tested', () => {
    const manifest = JSON.parse(read('package.json')) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const pinned = { ...manifest['dependencies'], ...manifest['devDependencies'] };
    expect(
      Object.entries(pinned).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });
});
