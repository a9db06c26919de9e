/** The placeholders in a crew's files, and the inputs for them. */
import { quoteWord } from '../terminal/command-name.js';
import { createInputError } from '../../contracts/errors.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Open } from './read-crew.js';

/** @throws {BatonError} `BAD_INPUT` naming every placeholder without an input, and its position. */
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

/** An object with every placeholder, filled with the inputs that exist. */
export function buildExampleValue(
  open: readonly Open[],
  given: { readonly [key: string]: Json } = {},
): { [key: string]: Json } {
  return Object.fromEntries(open.map(({ name }) => [name, given[name] ?? '…']));
}

const formatPlaceholders = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(', ');
