/** The promises that test titles cite by their ids stand in `docs/promises.md`, each with a test that shows it. */
import { describe, expect, test } from 'vitest';
import { read, repository } from './source.js';

const TITLE = /\b(?:test|describe)(?:\.each\((?:[^()]|\([^()]*\))*\))?\(\s*(['`"])(?<title>(?:(?!\1).)*)\1/g;
const ID = /\b[TRHOPDSLAC]\d{1,2}\b/g;

/** The ids that the titles of a file cite. */
function citedIn(text: string): string[] {
  return [...text.matchAll(TITLE)].flatMap(({ groups }) => groups?.['title']?.match(ID) ?? []);
}

interface Promised {
  readonly id: string;
  readonly test: string | undefined;
}

function promisesIn(page: string): Promised[] {
  return [...page.matchAll(/^\| (?<id>[A-Z]\d+)\s*\|(?<rest>.*)\|$/gm)].map(({ groups }) => ({
    id: groups?.['id'] ?? '',
    test: /\]\(\.\.\/(?<file>[^)]+\.test\.ts)\)/.exec(groups?.['rest'] ?? '')?.groups?.['file'],
  }));
}

const tests = new Map(
  repository()
    .filter(({ path }) => path.endsWith('.test.ts'))
    .map(({ path, text }) => [path, citedIn(text)] as const),
);
const promises = promisesIn(read('docs/promises.md'));

/** The mismatches between the page and the titles. */
function mismatches(page: readonly Promised[], titles: ReadonlyMap<string, readonly string[]>): string[] {
  const known = new Set(page.map(({ id }) => id));
  const unknown = [...titles].flatMap(([path, ids]) =>
    ids.filter((id) => !known.has(id)).map((id) => `${path} cites ${id}, which the page lacks`),
  );
  const unshown = page.flatMap(({ id, test: path }) =>
    path !== undefined && titles.get(path)?.includes(id) === true
      ? []
      : [`${id}: ${path ?? 'no test'} has no title that cites it`],
  );
  return [...unknown, ...unshown];
}

describe('promises', () => {
  test('promises: each id that a title cites stands on the page, with a test whose title cites it', () => {
    expect(promises.length).toBeGreaterThan(30);
    expect(new Set(promises.map(({ id }) => id)).size).toBe(promises.length);
    expect(mismatches(promises, tests)).toEqual([]);
  });

  test('promises: a missing id, a missing test and a test about something else are found', () => {
    const page = promisesIn('| T1 | x | [a](../test/a.test.ts) |\n| T2 | x | none |\n');
    const titles = new Map([['test/a.test.ts', citedIn("test('T3 something', () => {});")]]);
    expect(mismatches(page, titles)).toEqual([
      'test/a.test.ts cites T3, which the page lacks',
      'T1: test/a.test.ts has no title that cites it',
      'T2: no test has no title that cites it',
    ]);
  });
});
