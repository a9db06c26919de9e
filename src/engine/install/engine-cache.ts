/**
 * Where an installed engine is kept between projects: outside the repository, so that a fresh clone does not build
 * it again, one folder a version.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The version of Temporal's CLI that Baton installs (server 1.29.1, Web UI 2.42.1). Tags from 1.6 on have a
 * `replace` in go.mod, which `go install` refuses.
 */
export const ENGINE_VERSION = '1.5.1';

/** `$BATON_CACHE_DIR`, or the cache folder that is usual on this system. It need not exist. */
export function resolveCacheFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.BATON_CACHE_DIR) return env.BATON_CACHE_DIR;
  const home = env.HOME || homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'baton');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'baton');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'baton');
}

/** The folder of the installed engine's version in the cache. */
export function resolveEngineFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(resolveCacheFolder(env, platform), 'engine', `v${ENGINE_VERSION}`);
}

/** The file name of the `temporal` executable. */
export function buildEngineFileName(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? 'temporal.exe' : 'temporal';
}
