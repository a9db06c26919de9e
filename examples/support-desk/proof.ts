/** The registry of approvers: the file in `BATON_APPROVERS`. Decisions are signed if it is set. */
import path from 'node:path';

export function approversFile(): string | undefined {
  const named = process.env['BATON_APPROVERS'] || undefined;
  return named === undefined ? undefined : path.resolve(named);
}
