/** The folder of this process's documents. */
import path from 'node:path';

/** `BATON_CORPUS`, else the packages of the project in the working directory; absolute, even if it does not exist. */
export function corpusFolder(): string {
  const named = process.env['BATON_CORPUS'];
  return path.resolve(named === undefined || named === '' ? 'node_modules' : named);
}
