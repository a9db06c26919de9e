/** Checks the keys of an object that a user writes. A mistyped key would have no visible effect. */
import { createDefinitionError } from '../errors.js';
import { describeNearest } from './nearest.js';

/** Every key of a type: the compiler refuses a list that lacks one. */
export type Keys<T> = Readonly<Record<keyof Required<T>, true>>;

/** The keys that the spread of a definition adds to a specification. */
const OF_DEFINITIONS = ['kind', 'required', 'types', 'allowDelegation'];

/** @throws {BatonError} `BAD_DEFINITION` for unknown keys, each with the nearest known one. */
export function assertKeys(owner: string, given: object, known: object): void {
  const unknown = findUnknownKeys(given, known).filter((key) => !OF_DEFINITIONS.includes(key));
  if (unknown.length === 0) return;
  throw createDefinitionError(
    `${owner}: ${unknown.map((key) => describeUnknownKey('option', key, key, known)).join(' ')}`,
    { unknown },
  );
}

export function findUnknownKeys(given: object, known: object): string[] {
  return Object.keys(given).filter((key) => !Object.hasOwn(known, key));
}

/** `There is no setting "modles". Did you mean "models"? There are: …` */
export function describeUnknownKey(
  what: 'option' | 'setting',
  named: string,
  key: string,
  known: object,
): string {
  const names = Object.keys(known);
  return `There is no ${what} "${named}".${describeNearest(key, names)} There are: ${names.join(', ')}.`;
}
