/** The name of a new project, taken from its folder. */
import { basename, resolve } from 'node:path';
import { BatonError } from '../../contracts/errors.js';

/** What npm takes for a package without a scope. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;
/** npm does not install a package into itself, and keeps these for itself. */
const RESERVED = ['node_modules', 'favicon.ico'];

/**
 * @throws {BatonError} `BAD_USAGE` when the folder's name cannot be a package's.
 */
export function projectName(folder: string, dependencies: readonly string[]): string {
  const name = basename(resolve(folder));
  const problem = !NAME.test(name)
    ? "a package's name begins with a lower-case letter or a digit, and has only those, - _ and ."
    : [...dependencies, ...RESERVED].includes(name)
      ? 'another package that the project needs has that name'
      : undefined;
  if (problem === undefined) return name;
  throw new BatonError(
    'BAD_USAGE',
    `The folder "${name}" cannot name a project: ${problem}. Give another one.`,
    {
      name,
    },
  );
}
