/** docs/security.md says by which test each of its rows is shown: those tests are there. */
import { expect, test } from 'vitest';
import { read } from './source.js';

const NAMED = /`(?<file>[^`]+\.test\.ts)`: (?<titles>`[^`]+`(?:, `[^`]+`)*)/g;

const rows = read('docs/security.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| party') && !line.startsWith('| ---'));

const named = rows.flatMap((row) =>
  [...row.matchAll(NAMED)].flatMap(({ groups }) =>
    [...(groups?.['titles'] ?? '').matchAll(/`([^`]+)`/g)].map(
      ([, title = '']) => [groups?.['file'] ?? '', title] as const,
    ),
  ),
);

test.each(named)('T4 docs/security.md: %s has the test "%s"', (file, title) => {
  expect(read(file)).toContain(title);
});

test('T4 docs/security.md: every row names a test, or says that no test exists', () => {
  expect(rows.length).toBeGreaterThan(9);
  expect(rows.filter((row) => !row.includes('no test of its own') && row.search(NAMED) === -1)).toEqual([]);
});
