/** Runs the engine in the foreground, for `baton engine`. That process is itself the keeper while it runs. */
import { createEngineError } from '../../contracts/errors.js';
import { listEngineFiles, readRecord, removeRecord } from '../server/engine-record.js';
import { findEngine } from '../install/find-engine.js';
import type { EnsureEngineOptions } from './embedded-engine.js';
import { acquireLock } from './keeper-lock.js';
import { endServers, openServer, waitUntilServerGone } from '../server/sole-server.js';

export type RunEngineOptions = Pick<
  EnsureEngineOptions,
  'dataDir' | 'port' | 'headless' | 'onProgress' | 'env'
>;

export interface ForegroundEngine {
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  readonly database: string;
  readonly log: string;
  /** Resolves when the server has ended, after `stop` or unexpectedly. */
  readonly ended: Promise<void>;
  /** Ends the server; the caller calls it on Ctrl-C. */
  stop(): Promise<void>;
}

/**
 * Runs the folder's engine until `stop`; other processes find it through `engine.json`. If this process is
 * killed by SIGKILL, the server stays, and the next `runEngine` or `ensureEngine` on the folder adopts it.
 *
 * @throws BatonError ENGINE_FAILED when another process keeps the folder's engine; ENGINE_NOT_FOUND.
 */
export async function runEngine(options: RunEngineOptions = {}): Promise<ForegroundEngine> {
  const { onProgress = () => {}, env, port, headless } = options;
  const files = listEngineFiles(options.dataDir ?? '.baton');
  const { path: executable } = await findEngine({ onProgress, ...(env && { env }) });
  const lock = await acquireLock(files.locks);
  if (!lock) {
    const record = readRecord(files);
    const where = record ? ` at ${record.address}, kept by process ${record.keeperPid}` : '';
    throw createEngineError(`The engine of ${files.folder} runs already${where}.`, {
      ...record,
    });
  }
  try {
    const { address, uiUrl, pid, server } = await openServer(files, { executable, port, headless });
    const ended = waitUntilServerGone(server).finally(() => lock.release());
    const stop = async (): Promise<void> => {
      await endServers([server]);
      removeRecord(files);
      await ended;
    };
    return { address, uiUrl: uiUrl ?? undefined, pid, database: files.database, log: files.log, ended, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}
