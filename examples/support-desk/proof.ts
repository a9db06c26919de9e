/** Where it says who may approve: the file that `BATON_APPROVERS` names. Decisions are signed where there is one. */
import path from 'node:path';

export function approversFile(): string | undefined {
  const named = process.env['BATON_APPROVERS'] || undefined;
  return named === undefined ? undefined : path.resolve(named);
}
