/**
 * Where an installed engine is kept between projects: outside the repository, so that a fresh clone does not build
 * it again, one folder a version.
 */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The version of Temporal's CLI that Baton installs (server 1.29.1, Web UI 2.42.1). Tags from 1.6 on have a
 * `replace` in go.mod, which `go install` refuses.
 */
export const ENGINE_VERSION = '1.5.1';

/** SHA-256 of the archives of that version, as its release on GitHub has them; no other file is unpacked. */
export const ARCHIVE_DIGESTS: Readonly<Record<string, string>> = {
  linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
  linux_arm64: 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
  darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
  darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
};

/** What Go's checksum database says of the source of that version: `go version -m` tells what a file was built of. */
export const SOURCE_DIGEST = 'h1:0RZMk14BWxz44Xg6ciDQvpfAMffoG3J7/K03ql80teY=';

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

/**
 * Puts what `make` leaves in its own folder into the cache, and returns its path: safe for several processes at once,
 * since each renames into place.
 */
export async function installInto(
  folder: string,
  prefix: string,
  make: (work: string) => Promise<void>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, prefix));
  try {
    await make(work);
    const target = join(folder, buildEngineFileName());
    await rename(join(work, buildEngineFileName()), target);
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The file name of the `temporal` executable. */
export function buildEngineFileName(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? 'temporal.exe' : 'temporal';
}
