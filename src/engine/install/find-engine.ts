/**
 * Finds the `temporal` executable for the embedded engine, and installs it if missing. A caller with an
 * address or a profile needs no executable and does not call this.
 */
import { nameCommand } from '../../project/command-name.js';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BatonError } from '../../contracts/errors.js';
import { buildEngine } from './build-engine.js';
import { downloadEngine } from './download-engine.js';
import { ENGINE_VERSION, buildEngineFileName, resolveEngineFolder } from './engine-cache.js';
import { execFile } from 'node:child_process';

export interface FoundEngine {
  readonly path: string;
  /** The version of the Temporal server, not of the CLI. */
  readonly version: string;
  readonly source: 'setting' | 'path' | 'cache' | 'download' | 'build';
}

export interface FindEngineOptions {
  /**
   * The source of BATON_TEMPORAL_CLI, BATON_CACHE_DIR, PATH and Go's variables. Default: the environment of
   * this process.
   */
  readonly env?: NodeJS.ProcessEnv;
  /** Called with one line of text when a step takes time or a candidate was skipped. */
  readonly onProgress?: (message: string) => void;
  /** False: only search, and change nothing on the machine. Default true. */
  readonly install?: boolean;
  readonly downloadOrigin?: string;
  /** SHA-256 of that archive, in hex. Default: the pinned digest of this platform. */
  readonly downloadDigest?: string;
  /** A blocked host may never answer, so the download has a limit. Default 45,000. */
  readonly downloadTimeoutMs?: number;
}

/** One attempt, and its result in words. */
export interface Attempt {
  readonly way: string;
  readonly said: string;
}

interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: (message: string) => void;
  readonly attempts: Attempt[];
}

/**
 * Returns an executable that was run successfully. The search order is: the file in BATON_TEMPORAL_CLI (if
 * set, no other is tried), `temporal` on PATH, Baton's cache, the official download, a build with `go
 * install`. The last two write into the cache; if the process is killed meanwhile, no incomplete file is
 * taken for an engine.
 * @throws BatonError ENGINE_NOT_FOUND with every attempt and its result.
 */
export async function findEngine(options: FindEngineOptions = {}): Promise<FoundEngine> {
  const { env = process.env, onProgress = () => {}, install = true } = options;
  const search: Search = { env, onProgress, attempts: [] };
  if (env.BATON_TEMPORAL_CLI) {
    const named = await tryFile(search, 'setting', 'BATON_TEMPORAL_CLI', env.BATON_TEMPORAL_CLI);
    // Ignoring this setting would silently start another server than the requested one.
    if (!named) throw createNotFoundError(search.attempts, 'Correct or unset BATON_TEMPORAL_CLI.');
    return named;
  }
  const folder = resolveEngineFolder(env);
  const present =
    (await searchPath(search)) ??
    (await tryFile(search, 'cache', "Baton's cache", join(folder, buildEngineFileName())));
  if (present) return present;
  if (!install) throw createNotFoundError(search.attempts, `Run ${nameCommand('engine')} to install it.`);

  const { downloadOrigin = 'https://github.com', downloadTimeoutMs = 45_000 } = options;
  const { downloadDigest: digest } = options;
  const installed =
    (await tryInstall(search, 'download', `download from ${downloadOrigin}`, () => {
      onProgress(`downloading the Temporal dev server ${ENGINE_VERSION} into ${folder}`);
      return downloadEngine({ folder, origin: downloadOrigin, timeoutMs: downloadTimeoutMs, env, digest });
    })) ?? (await tryInstall(search, 'build', 'go install', () => buildEngine({ folder, env, onProgress })));
  if (installed) return installed;
  throw createNotFoundError(
    search.attempts,
    "Install Temporal's CLI (https://docs.temporal.io/cli) or Go, or set TEMPORAL_ADDRESS to a server that runs already.",
  );
}

async function searchPath(search: Search): Promise<FoundEngine | undefined> {
  let seen = false;
  for (const folder of (search.env.PATH ?? search.env.Path ?? '').split(delimiter)) {
    const file = join(folder, buildEngineFileName());
    if (folder === '' || !existsSync(file)) continue;
    seen = true;
    const found = await tryFile(search, 'path', '`temporal` on PATH', file);
    if (found) return found;
  }
  if (!seen) search.attempts.push({ way: '`temporal` on PATH', said: 'not there' });
  return undefined;
}

async function tryFile(
  { env, attempts, onProgress }: Search,
  source: FoundEngine['source'],
  way: string,
  file: string,
): Promise<FoundEngine | undefined> {
  if (!existsSync(file)) {
    attempts.push({ way, said: `${file} is not there` });
    return undefined;
  }
  const verdict = await verifyEngine(file, env);
  if (verdict.ok) return { path: file, version: verdict.version, source };
  attempts.push({ way, said: `${file}: ${verdict.why}` });
  onProgress(`passed over ${file}: ${verdict.why}`);
  return undefined;
}

async function tryInstall(
  search: Search,
  source: FoundEngine['source'],
  way: string,
  install: () => Promise<string>,
): Promise<FoundEngine | undefined> {
  try {
    return await tryFile(search, source, way, await install());
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    search.attempts.push({ way, said });
    search.onProgress(`${way}: ${said}`);
    return undefined;
  }
}

function createNotFoundError(attempts: readonly Attempt[], remedy: string): BatonError {
  const tried = attempts.map(({ way, said }) => `  - ${way}: ${said}`).join('\n');
  return new BatonError('ENGINE_NOT_FOUND', `No Temporal dev server was found. Tried:\n${tried}\n${remedy}`, {
    attempts,
  });
}

type Verdict = { readonly ok: true; readonly version: string } | { readonly ok: false; readonly why: string };

/** Long enough for the first start of a 250 MB file from a cold disk. */
const VERIFY_TIMEOUT_MS = 20_000;

/** Runs `FILE --version`. `version` is the server's, because a CLI built by Go calls itself 0.0.0-DEV. */
function verifyEngine(file: string, env: NodeJS.ProcessEnv): Promise<Verdict> {
  return new Promise((resolve) => {
    execFile(
      file,
      ['--version'],
      { env, timeout: VERIFY_TIMEOUT_MS, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (error) {
          const said = stderr.trim().split('\n').at(-1) || error.message.split('\n')[0];
          resolve({
            ok: false,
            why: error.killed ? `no answer to --version in ${VERIFY_TIMEOUT_MS / 1000} s` : `${said}`,
          });
          return;
        }
        const server = /^temporal version .*\bServer (\d+\.\d+\.\d+)/m.exec(stdout)?.[1];
        resolve(
          server
            ? { ok: true, version: server }
            : {
                ok: false,
                why: `--version says ${JSON.stringify(stdout.trim().slice(0, 80))}, not a Temporal server's version`,
              },
        );
      },
    );
  });
}
