/** Evaluates a project's TypeScript modules again while a configuration loads, so that their definitions are announced. */
import { createRequire } from 'node:module';
import { sep } from 'node:path';

/**
 * Runs `load` as if no module below `folder` had been loaded in this process. A test that runs with jiti shares the cache of
 * modules with the configuration, and may have imported the file of the agents first. The modules of the caller stay as they
 * were. Packages in `node_modules` are not evaluated again.
 */
export async function withFreshModules<T>(folder: string, load: () => Promise<T>): Promise<T> {
  const { cache } = createRequire(import.meta.url);
  const known = Object.entries(cache).filter(
    ([file]) => file.startsWith(`${folder}${sep}`) && !file.includes(`${sep}node_modules${sep}`),
  );
  for (const [file] of known) Reflect.deleteProperty(cache, file);
  try {
    return await load();
  } finally {
    for (const [file, module] of known) cache[file] = module;
  }
}
