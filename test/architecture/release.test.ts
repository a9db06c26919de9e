/** A problem stops a release, and the changelog's section of the release is dated once. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dateChangelog, findProblems } from '../../scripts/release.mjs';
import { read } from './source.js';

const ready = {
  version: '0.1.0',
  changelog: '# Changelog\n\n## [Unreleased]\n\n## 0.1.0 - 2026-12-01\n\nText.\n',
  histories: ['0.1.0'],
  packed: ['dist/src/index.js', 'docs/testing.md', 'package.json'],
  scripts: { test: 'node scripts/test.mjs' },
  isClean: true,
};

/** Files that a run of an example leaves in its folder. */
const LEFT_BY_RUNS = [
  'examples/graph/.baton/store.db',
  'examples/graph/.env.local',
  'examples/graph/eve.jwk',
  'examples/graph/ledger.key',
  'examples/graph/outbox/report.eml',
];

describe('release', () => {
  test('release: nothing is said of a version that is ready', () => {
    expect(findProblems(ready)).toEqual([]);
  });

  test.each([
    [
      'a section without a date',
      { changelog: ready.changelog.replace(' - 2026-12-01', '') },
      /no dated section/,
    ],
    [
      'a dot that is any letter',
      { changelog: ready.changelog.replace('0.1.0', '0x1x0') },
      /no dated section/,
    ],
    [
      'changes that no version has',
      { changelog: ready.changelog.replace('[Unreleased]\n', '[Unreleased]\n\n- New.\n') },
      /unreleased changes/,
    ],
    ['missing histories', { histories: [] }, /histories\/0\.1\.0 is missing/],
    ['a script at install', { scripts: { postinstall: 'x' } }, /would run at install/],
    ['a test in the package', { packed: ['dist/src/a.test.js'] }, /would hold/],
    ['a key in the package', { packed: ['eve.jwk'] }, /would hold/],
    ['changes in the work tree', { isClean: false }, /not committed/],
  ])('release: stopped by %s', (_what, change, problem) => {
    const problems = findProblems({ ...ready, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  test.each(LEFT_BY_RUNS)('release: %s in the package stops it', (path) => {
    expect(findProblems({ ...ready, packed: [path] })).toEqual([`The package would hold ${path}.`]);
  });

  test('release: what a run leaves in an example is not packed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-files-'));
    for (const path of [...LEFT_BY_RUNS, 'examples/graph/team.ts', 'templates/project/gitignore']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
    writeFileSync(join(folder, 'package.json'), read('package.json'));
    const pack = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const told = execFileSync('npm', pack, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    rmSync(folder, { recursive: true });
    const paths = [...told.matchAll(/"path": "(.*)"/g)].map(([, path = '']) => path);
    expect(paths.toSorted()).toEqual([
      'examples/graph/team.ts',
      'package.json',
      'templates/project/gitignore',
    ]);
  });

  test('release: its section is dated, and one that was released is left as it is', () => {
    const waiting = ready.changelog.replace(' - 2026-12-01', ' (not released yet)');
    expect(dateChangelog(waiting, '0.1.0', '2026-12-01')).toBe(ready.changelog);
    expect(() => dateChangelog(ready.changelog, '0.1.0', '2026-12-02')).toThrow(/has no section/);
  });
});
