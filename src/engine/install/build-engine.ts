/**
 * Builds the Temporal CLI from source into the cache, with the machine's Go. This is the fallback where
 * downloads are blocked.
 */
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildEngineFileName, ENGINE_VERSION, installInto, SOURCE_DIGEST } from './engine-cache.js';

export interface BuildOptions {
  /** The cache folder of the version; created if missing. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: (message: string) => void;
}

const PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${ENGINE_VERSION}`;
const TICK_MS = 10_000;

/**
 * Runs `go install` and returns the path of the executable. Safe for several processes at once: each builds
 * in its own folder and renames the result, and Go's build cache makes the second build quick. A build that
 * is killed leaves a `.build-*` folder; Go's caches keep what was compiled.
 * @throws Error with the last output of Go when Go is missing, the build fails, or the source differs from
 * the pinned one.
 */
export function buildEngine({ folder, env, onProgress }: BuildOptions): Promise<string> {
  return installInto(folder, '.build-', async (work) => {
    await goInstall(work, env, onProgress);
    await assertPinnedSource(join(work, buildEngineFileName()), env);
  });
}

/**
 * Without the checksum database, a module proxy could deliver any source, so the built source is compared
 * with the pinned digest.
 */
async function assertPinnedSource(file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { stdout } = await promisify(execFile)('go', ['version', '-m', file], { env });
  if (stdout.includes(SOURCE_DIGEST)) return;
  throw new Error(`what was built is not of the source whose digest is pinned (${SOURCE_DIGEST})`);
}

function goInstall(
  bin: string,
  env: NodeJS.ProcessEnv,
  onProgress: (message: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // GOFLAGS=-mod=vendor and the go.work of a surrounding project would break the build of another module.
    const child = spawn('go', ['install', PACKAGE], {
      env: { ...env, GOBIN: bin, GOFLAGS: '', GOWORK: 'off' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const startedAt = performance.now();
    let lastLine = '';
    child.once('spawn', () =>
      onProgress('building the Temporal dev server with Go, once: about 3–5 minutes on two cores'),
    );
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      lastLine = text.trim().split('\n').at(-1)?.trim() || lastLine;
    });
    const ticks = setInterval(() => {
      onProgress(
        `building the Temporal dev server: ${formatElapsed(startedAt)}${lastLine && `, ${lastLine}`}`,
      );
    }, TICK_MS);
    // Ends the build together with this process; otherwise it would run on for minutes.
    const end = (): void => void child.kill();
    process.once('exit', end);
    const settle = (error?: Error): void => {
      clearInterval(ticks);
      process.removeListener('exit', end);
      if (error) return reject(error);
      onProgress(`built the Temporal dev server in ${formatElapsed(startedAt)}`);
      resolve();
    };
    child.once('error', (error: NodeJS.ErrnoException) =>
      settle(new Error(error.code === 'ENOENT' ? 'no `go` on PATH' : `go cannot be run: ${error.message}`)),
    );
    child.once('close', (code, signal) =>
      settle(
        code === 0
          ? undefined
          : new Error(`go install ended with ${signal ?? code}: ${lastLine || 'no output'}`),
      ),
    );
  });
}

function formatElapsed(since: number): string {
  const seconds = Math.round((performance.now() - since) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
