/** The API reference says what the published declarations say; recorded again with BATON_RECORD=1. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { buildApiPages } from '../fixtures/api-pages.js';
import { listDoors, listEntries } from '../fixtures/api-reference.js';
import { filesBelow, read, ROOT } from './source.js';

const PAGES = await buildApiPages();

test('docs/reference: has every exported name, with its docstring and its declaration, and nothing else', async () => {
  for (const [page, made] of PAGES) {
    const path = join(ROOT, page);
    const whole = await format(made, { ...(await resolveConfig(path)), filepath: path });
    mkdirSync(dirname(path), { recursive: true });
    if (process.env['BATON_RECORD'] === '1') writeFileSync(path, whole);
    expect(read(page)).toBe(whole);
  }
  expect(filesBelow('docs/reference', (path) => path.endsWith('.md'))).toEqual([...PAGES.keys()].toSorted());
});

test('docs/reference: every exported name has a docstring', () => {
  const silent = listDoors().flatMap(({ name: door, file }) =>
    listEntries(file).flatMap(({ name, declarations }) =>
      declarations.some(({ doc }) => doc !== undefined) ? [] : [`${door}: ${name}`],
    ),
  );
  expect(silent).toEqual([]);
});
