/**
 * Downloads Temporal's official CLI archive into the cache.
 *
 * The SDK also has a downloader (`newEphemeralServer` of its native bridge with a `cached-download`). Baton
 * does not use it for three reasons: it cannot be stopped, so a blocked host would hang the process; it
 * always starts a server; and it names the file after the SDK's version. The archive is the same.
 */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { ARCHIVE_DIGESTS, ENGINE_VERSION, buildEngineFileName, installInto } from './engine-cache.js';

export interface DownloadOptions {
  /** The cache folder of the version; created if missing. */
  readonly folder: string;
  readonly origin: string;
  /** The limit for the whole download, including the body. */
  readonly timeoutMs: number;
  readonly env: NodeJS.ProcessEnv;
  /** SHA-256 of the archive, in hex. Default: the pinned digest of this platform. */
  readonly digest?: string | undefined;
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin' };
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Puts the executable into the cache and returns its path. Safe for several processes at once: each unpacks
 * in its own folder and renames the result. A process killed in between leaves only a `.download-*` folder.
 *
 * @throws Error with the reason in words when the host does not answer in time or the archive differs from
 * the pinned one.
 */
export async function downloadEngine(options: DownloadOptions): Promise<string> {
  const { folder, origin, timeoutMs, env } = options;
  const machine = `${PLATFORMS[process.platform]}_${ARCHITECTURES[process.arch]}`;
  const { digest = ARCHIVE_DIGESTS[machine] } = options;
  if (digest === undefined)
    throw new Error(`there is no archive for ${process.platform} on ${process.arch} whose digest is pinned`);
  const file = `temporal_cli_${ENGINE_VERSION}_${machine}.tar.gz`;
  const url = new URL(`/temporalio/cli/releases/download/v${ENGINE_VERSION}/${file}`, origin);
  return installInto(folder, '.download-', async (work) => {
    const archive = join(work, 'archive');
    await save(url, archive, timeoutMs);
    const found = createHash('sha256')
      .update(await readFile(archive))
      .digest('hex');
    if (found !== digest)
      throw new Error(`${url.host} delivered another file: its SHA-256 is ${found}, not ${digest}`);
    await unpack(archive, work, env);
    await chmod(join(work, buildEngineFileName()), 0o755);
  });
}

async function save(url: URL, file: string, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file), { signal });
  } catch (error) {
    if (signal.aborted)
      throw new Error(`${url.host} did not deliver within ${timeoutMs / 1000} s`, { cause: error });
    throw new Error(`${url.host}: ${readRootMessage(error)}`, { cause: error });
  }
}

/** Every supported system has `tar`: GNU on Linux, bsdtar on macOS. */
async function unpack(archive: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await promisify(execFile)('tar', ['-xf', archive, '-C', folder, buildEngineFileName()], { env });
  } catch (error) {
    throw new Error(
      `the archive cannot be unpacked: ${readRootMessage(error).split('\n').slice(-2).join(' ').trim()}`,
      {
        cause: error,
      },
    );
  }
}

/** `fetch` only says "fetch failed"; the reason is in the cause. */
function readRootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? readRootMessage(error.cause) : error.message;
}
