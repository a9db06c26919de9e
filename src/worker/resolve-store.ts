/** Which store a configuration names, regardless of the folder that its worker starts in. */
import { dirname, resolve } from 'node:path';
import { createConfigError } from '../contracts/errors.js';

/**
 * As `file:` and an absolute path, so that workers that start in different folders share it.
 *
 * @throws {BatonError} `BAD_CONFIG` for a store in memory.
 */
export function resolveStore(store = 'file:.baton/store.db', configFile: string): string {
  if (/^file::memory:|^file:.*[?&]mode=memory/.test(store))
    throw createConfigError(
      `${configFile}: the store ${store} is in memory. A run outlives its worker: name a file, such as file:.baton/store.db.`,
      { store },
    );
  if (!store.startsWith('file:') || store.startsWith('file://')) return store;
  return `file:${resolve(dirname(configFile), store.slice('file:'.length))}`;
}
