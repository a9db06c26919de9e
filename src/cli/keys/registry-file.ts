/** Changes `approvers.json` atomically: the new content is checked before it replaces the old file. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import { readRegistry } from '../../worker/approver-registry.js';

/**
 * Changes the registry file, and creates it if missing. Concurrent readers see the old or the new registry,
 * never a mix.
 *
 * @throws {BatonError} `BAD_CONFIG` when the old or the new content is not a valid registry; the file stays
 * unchanged.
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

/** The indentation of the file's first indented line, so that a diff shows only the change. */
function readIndent(file: string): string {
  return /^([ \t]+)"/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '  ';
}
