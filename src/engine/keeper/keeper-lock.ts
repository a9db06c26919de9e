/**
 * Ensures that at most one living process keeps the engine of a data folder. A claim is an empty file named
 * after its process. A claim of a dead process does not count, so a killed keeper needs no clean-up.
 */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, identifyProcess, type ProcessRef } from '../server/processes.js';

export interface KeeperLock {
  /** False once the file was removed, e.g. with the whole folder. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Acquires the lock for this process, or returns undefined when another process has it.
 *
 * A process first writes its claim and then counts the others. If two do so at once, at least the later one
 * sees the other. A process that sees another one withdraws and tries again. Removing a dead claim is free of
 * races. With a single lock file it would race with the next holder, who creates a file of the same name.
 */
export async function acquireLock(folder: string): Promise<KeeperLock | undefined> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = identifyProcess();
  const file = join(folder, encodeURIComponent(`${own.pid}@${own.began}`));
  for (;;) {
    if (listLockHolders(folder).length > 0) return undefined;
    closeSync(openSync(file, 'wx', 0o600));
    const isHeld = (): boolean => existsSync(file);
    const release = (): void => rmSync(file, { force: true });
    if (listLockHolders(folder).every(({ pid }) => pid === own.pid)) return { isHeld, release };
    release();
    await delay(5 + Math.random() * 45);
  }
}

/** The living processes that claim the lock: one, or several for a moment. Removes the claims of dead processes. */
export function listLockHolders(folder: string): ProcessRef[] {
  return listClaims(folder).flatMap(({ file, holder }) => {
    if (holder && isAlive(holder)) return [holder];
    rmSync(file, { force: true });
    return [];
  });
}

function listClaims(folder: string): { file: string; holder: ProcessRef | undefined }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    const [pid, began] = decodeURIComponent(name).split('@');
    return {
      file: join(folder, name),
      holder: Number(pid) > 0 ? { pid: Number(pid), began: began ?? '' } : undefined,
    };
  });
}
