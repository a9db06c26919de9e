/**
 * Lets one process at a time build an index. The lock is an open transaction on a separate file next to the
 * index. A process that dies releases it, because the operating system closes the file. Waiting does not
 * block the process: SQLite's own waiting would stop the event loop, and with it the heartbeats.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@libsql/client';

const LOOK_EVERY_MS = 100;

export interface Waiting {
  /** Called repeatedly while another process builds. */
  readonly onWait?: (() => Promise<void> | void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `body` while no other process, and no other caller in this one, runs theirs.
 *
 * @param indexFile the index to build; the lock is next to it.
 * @throws the signal's reason when aborted while waiting.
 */
export async function withBuilderLock<T>(
  indexFile: string,
  body: () => Promise<T>,
  { onWait, signal }: Waiting = {},
): Promise<T> {
  await mkdir(path.dirname(indexFile), { recursive: true });
  for (;;) {
    signal?.throwIfAborted();
    const release = await tryLock(`${indexFile}-builder`);
    if (release) {
      try {
        return await body();
      } finally {
        await release();
      }
    }
    await onWait?.();
    await pause(LOOK_EVERY_MS, undefined, signal ? { signal } : {});
  }
}

async function tryLock(file: string): Promise<(() => Promise<void>) | undefined> {
  // Readable by the owner only, like everything in this folder.
  await writeFile(file, '', { flag: 'a', mode: 0o600 });
  const client = createClient({ url: pathToFileURL(file).href, timeout: 0 });
  try {
    const held = await client.transaction('write');
    return async () => {
      await held.rollback();
      client.close();
    };
  } catch (error) {
    client.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return undefined;
    throw error;
  }
}
