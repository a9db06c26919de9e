/**
 * Lets one process at a time build an index. The lock is an open transaction on a file of its own beside the index:
 * whoever dies gives it back with all else that the operating system took from it. Who waits does so without holding
 * up the process: SQLite's own waiting would stop its event loop, and with it the heartbeats of what runs there.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@libsql/client';

const LOOK_EVERY_MS = 100;

export interface Waiting {
  /** Called again and again while another builds. */
  readonly onWait?: (() => Promise<void> | void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `body` when no other process, nor another caller in this one, is running theirs.
 *
 * @param indexFile the index that is to be built; the lock lies beside it.
 * @throws what the signal was aborted with while it waited.
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
  // Nobody else's to read, as all that lies there.
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
