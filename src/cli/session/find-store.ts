/** The store that a command reads. */
import { findConfigFile, loadConfig } from '../../worker/load-config.js';

/** The store of this folder's configuration, or the default store. */
export async function findStoreUrl(): Promise<string> {
  const file = findConfigFile('.');
  return file === undefined ? 'file:.baton/store.db' : (await loadConfig(file)).store;
}
