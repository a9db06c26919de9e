/** Where this process takes its documents from. */
import path from 'node:path';

/** `BATON_CORPUS`, or the packages of the project in the working directory; absolute, whether or not it is there. */
export function corpusFolder(): string {
  const named = process.env['BATON_CORPUS'];
  return path.resolve(named === undefined || named === '' ? 'node_modules' : named);
}
