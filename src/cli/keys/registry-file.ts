/** Changes `approvers.json`: the file as a whole at once, checked before it takes the old one's place. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import { readRegistry } from '../../worker/approver-registry.js';

/**
 * Changes the registry in a file, which is made where there is none. Whoever reads it meanwhile sees the old one or the new one.
 *
 * @throws {BatonError} `BAD_CONFIG` when the file, or what it would become, is no registry: then it stays as it is.
 */
export function changeRegistry(
  file: string,
  change: (registry: ApproverRegistry) => ApproverRegistry,
): ApproverRegistry {
  const isThere = existsSync(file);
  const before: ApproverRegistry = isThere ? readRegistry(file) : { v: 1, approvers: [] };
  const after = change(before);
  if (isThere && JSON.stringify(after) === JSON.stringify(before)) return before;
  const draft = `${file}.${randomUUID().slice(0, 8)}`;
  try {
    const mode = isThere ? statSync(file).mode & 0o777 : 0o644;
    writeFileSync(draft, `${JSON.stringify(after, null, isThere ? readIndent(file) : 2)}\n`, {
      flag: 'wx',
      mode,
    });
    readRegistry(draft);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return after;
}

/** The white space of its first indented line, so that a diff shows what was changed only. */
function readIndent(file: string): string {
  return /^([ \t]+)"/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '  ';
}
