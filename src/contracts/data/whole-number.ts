/** Counts and limits, which callers without types can set to anything. */
import { createDefinitionError } from '../errors.js';

/** @throws {BatonError} `BAD_DEFINITION` for a value that is not a whole number of at least 1; undefined is allowed. */
export function assertWhole(
  what: string,
  value: number | undefined,
  facts?: Readonly<Record<string, unknown>>,
): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return;
  throw createDefinitionError(`${what} is ${value}, and must be a whole number of at least 1.`, facts);
}
