/** The reference of the command line matches the program. `BATON_RECORD=1` records it again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliReference, MADE } from '../fixtures/cli-reference.js';
import { ERRORS } from '../../src/contracts/errors.js';
import { read, ROOT } from './source.js';

const PAGE = 'docs/cli.md';

test('docs/cli.md: has every command, argument, option and example as the program has it', () => {
  const written = read(PAGE).split(MADE)[0] ?? '';
  const whole = written + cliReference();
  if (process.env['BATON_RECORD'] === '1') writeFileSync(join(ROOT, PAGE), whole);
  expect(read(PAGE)).toBe(whole);
});

test('docs/cli.md: has every exit code that an error can have', () => {
  const codes = new Set(Object.values(ERRORS).map(({ exitCode }) => String(exitCode)));
  const listed = [...read(PAGE).matchAll(/^\| (?<code>\d+) +\|/gm)].map(({ groups }) => groups?.['code']);
  expect(listed).toEqual(expect.arrayContaining([...codes, '0', '130']));
});
