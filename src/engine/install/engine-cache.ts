/**
 * The cache of installed engines, shared by all projects, with one folder for each version. It is outside the
 * repository, so that a fresh clone does not build the engine again.
 */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The version of Temporal's CLI that Baton installs (server 1.29.1, Web UI 2.42.1). Tags from 1.6 on have a
 * `replace` in go.mod, which `go install` refuses.
 */
export const ENGINE_VERSION = '1.5.1';

/** SHA-256 of that version's archives, from its release on GitHub. Baton unpacks no other file. */
export const ARCHIVE_DIGESTS: Readonly<Record<string, string>> = {
  linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
  linux_arm64: 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
  darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
  darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
};

/** The digest of that version's source in Go's checksum database; `go version -m` prints the digest of a built file. */
export const SOURCE_DIGEST = 'h1:0RZMk14BWxz44Xg6ciDQvpfAMffoG3J7/K03ql80teY=';

/** `$BATON_CACHE_DIR`, or the system's usual cache folder. It need not exist. */
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

/** The cache folder of the engine version that Baton installs. */
export function resolveEngineFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(resolveCacheFolder(env, platform), 'engine', `v${ENGINE_VERSION}`);
}

/**
 * Runs `make` in a separate folder, moves the result into the cache, and returns its path. Safe for several
 * processes at once, because each renames its result.
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
