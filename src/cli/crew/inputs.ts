/** What a crew's files leave open, and what is given for it. */
import { quoteWord } from '../terminal/command-name.js';
import { createInputError } from '../../contracts/errors.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Open } from './read-crew.js';

/** @throws {BatonError} `BAD_INPUT` naming every placeholder that is left open, and where it stands. */
export function assertFilled(inputs: Json, open: readonly Open[]): void {
  if (!isJsonObject(inputs)) {
    throw createInputError(
      `--inputs must be an object with a text for each placeholder, as --inputs ${quoteWord(JSON.stringify(buildExampleValue(open)))}`,
    );
  }
  const left = open.filter(({ name }) => !Object.hasOwn(inputs, name));
  if (left.length === 0) return;
  const names = [...new Set(open.map(({ name }) => name))];
  const strays = Object.keys(inputs).filter((name) => !names.includes(name));
  const lines = [
    ...left.map(({ name, at }) => `${at}: nothing stands for {${name}}`),
    ...(strays.length === 0
      ? []
      : [`No text has ${formatPlaceholders(strays)}: there are ${formatPlaceholders(names)}`]),
    `Give them all: --inputs ${quoteWord(JSON.stringify(buildExampleValue(open, inputs)))}`,
  ];
  throw createInputError(lines.join('\n'), {
    missing: [...new Set(left.map(({ name }) => name))],
  });
}

/** An object with every placeholder, as it is given as far as it is. */
export function buildExampleValue(
  open: readonly Open[],
  given: { readonly [key: string]: Json } = {},
): { [key: string]: Json } {
  return Object.fromEntries(open.map(({ name }) => [name, given[name] ?? '…']));
}

const formatPlaceholders = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(', ');
