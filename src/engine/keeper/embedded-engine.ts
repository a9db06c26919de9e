/**
 * The engine of a data folder, shared by all commands that use the folder. The first command starts it, later
 * ones find it, and its keeper ends it when nobody has needed it for a while.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type BatonError, createEngineError } from '../../contracts/errors.js';
import {
  listEngineFiles,
  type EngineFiles,
  type EngineRecord,
  readRecord,
  removeRecord,
} from '../server/engine-record.js';
import { findEngine } from '../install/find-engine.js';
import { acquireLock, listLockHolders } from './keeper-lock.js';
import { launchKeeper, type LaunchedKeeper } from './launch-keeper.js';
import { takeLease } from './leases.js';
import { probeEngine } from '../server/probe-engine.js';
import { endProcess, isAlive } from '../server/processes.js';
import { endServers, findServers } from '../server/sole-server.js';

export interface EnsureEngineOptions {
  /** The folder of the database, the log and `engine.json`. Default: `.baton` in the working folder. */
  readonly dataDir?: string | undefined;
  /** A server that is already running. With it, no engine is searched or started. */
  readonly address?: string | undefined;
  /** Without Web UI; applies only if this call starts the engine. */
  readonly headless?: boolean | undefined;
  /** How long the engine stays after this process has released it or ended. Default 900. */
  readonly lingerSeconds?: number | undefined;
  /** Exactly this port; applies only if this call starts the engine. */
  readonly port?: number | undefined;
  readonly onProgress?: ((message: string) => void) | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

export interface EngineHandle {
  readonly address: string;
  /** Undefined for a server given by address, and without a Web UI. */
  readonly uiUrl: string | undefined;
  /** The server's process; undefined for a server given by address. */
  readonly pid: number | undefined;
  /** Releases the engine; the end of this process does the same. */
  release(): void;
}

const DEFAULT_FOLDER = '.baton';
const START_TIMEOUT_MS = 90_000;
const ROUND_MS = 50;

/**
 * Returns an engine that answers and that stays while this process lives. The engine survives a kill -9 of
 * this process. After a kill -9 of the engine, the next call restarts it on the same database file.
 * Concurrent callers get the same engine.
 * @throws BatonError ENGINE_NOT_FOUND, ENGINE_FAILED.
 */
export async function ensureEngine(options: EnsureEngineOptions = {}): Promise<EngineHandle> {
  if (options.address)
    return { address: options.address, uiUrl: undefined, pid: undefined, release: () => {} };
  const files = listEngineFiles(options.dataDir ?? DEFAULT_FOLDER);
  const lingerSeconds = options.lingerSeconds ?? 900;
  // Taken before the record is read; the comment in the keeper's `stopServing` says why.
  const lease = takeLease(files.leases, lingerSeconds);
  try {
    const { address, uiUrl, pid } = await findOrStart(files, { ...options, lingerSeconds });
    return { address, uiUrl: uiUrl ?? undefined, pid, release: () => lease.release() };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** The folder's engine, if it runs and answers. Starts nothing. */
export async function findRunningEngine(dataDir: string = DEFAULT_FOLDER): Promise<EngineRecord | undefined> {
  return readLive(listEngineFiles(dataDir));
}

/**
 * Ends the folder's engine now, even if other processes need it, and everything that a killed keeper left
 * behind. The data stays. Returns whether anything was ended.
 */
export async function stopEngine(dataDir: string = DEFAULT_FOLDER): Promise<boolean> {
  const files = listEngineFiles(dataDir);
  const keepers = listLockHolders(files.locks).filter(({ pid }) => pid !== process.pid);
  // A keeper that is still starting its server ends the server before itself.
  await Promise.all(keepers.map((keeper) => endProcess(keeper, START_TIMEOUT_MS)));
  const lock = await acquireLock(files.locks);
  // Another process has started an engine since then; it must stay.
  if (!lock) return keepers.length > 0;
  try {
    const orphans = findServers(files);
    await endServers(orphans);
    removeRecord(files);
    return keepers.length + orphans.length > 0;
  } finally {
    lock.release();
  }
}

async function findOrStart(
  files: EngineFiles,
  options: EnsureEngineOptions & { lingerSeconds: number },
): Promise<EngineRecord> {
  const { onProgress = () => {}, env, port, headless, lingerSeconds } = options;
  let keeper: LaunchedKeeper | undefined;
  let deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const live = await readLive(files);
    if (live) {
      keeper?.letGo();
      return live;
    }
    const outcome = keeper?.outcome();
    if (outcome?.failure) throw outcome.failure;
    if (outcome) keeper = undefined;
    if (!keeper && listLockHolders(files.locks).length === 0) {
      const { path: executable } = await findEngine({ onProgress, ...(env && { env }) });
      onProgress('starting the Temporal dev server');
      keeper = launchKeeper(files, { executable, lingerSeconds, port, headless });
      deadline = performance.now() + START_TIMEOUT_MS;
    }
    if (performance.now() > deadline) throw createNoAnswerError(files);
    await delay(ROUND_MS);
  }
}

async function readLive(files: EngineFiles): Promise<EngineRecord | undefined> {
  const record = readRecord(files);
  if (record?.state !== 'running' || !isAlive(record.server) || !isAlive(record.keeper)) return undefined;
  const probe = await probeEngine(record.address, 'default', 5_000);
  return probe.ok ? record : undefined;
}

function createNoAnswerError(files: EngineFiles): BatonError {
  const keepers = listLockHolders(files.locks).map(({ pid }) => pid);
  return createEngineError(
    `The engine of ${files.folder} did not answer within ${START_TIMEOUT_MS / 1000} s. Its log is ${files.log}; ` +
      `end its processes (${keepers.join(', ') || 'none is alive'}) to have it started again.`,
    { folder: files.folder, log: files.log, keepers },
  );
}
