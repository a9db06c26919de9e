/**
 * At most one living process keeps the engine of a data folder. A claim is an empty file whose name is the process;
 * one whose process is gone counts for nothing, so a killed keeper needs no clean-up.
 */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, identifyProcess, type ProcessRef } from '../server/processes.js';

export interface KeeperLock {
  /** False once the file was removed, with the whole folder for example. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Takes the lock for this process, or returns undefined when another has it.
 *
 * First the claim is laid down, then the others are counted: of two that do so at once, at least the later one sees
 * the other. Whoever sees another withdraws and looks again. Removing a dead claim races with nobody, which it would
 * with a single lock file that the next holder creates under the same name.
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

/** The living processes that claim the lock: one, or for a moment several. Removes the claims of dead ones. */
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
