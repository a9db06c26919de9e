/** The engine in the foreground: for `baton engine`, which itself is the keeper, for as long as it runs. */
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
  /** Resolves when the server has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Ends the server. The caller calls this on Ctrl-C. */
  stop(): Promise<void>;
}

/**
 * The folder's engine runs until `stop`; others find it through `engine.json`. Killed by SIGKILL, this process leaves
 * a server behind, which the next `runEngine` or `ensureEngine` on the folder adopts.
 * @throws BatonError ENGINE_FAILED when the folder's engine is kept by another process; ENGINE_NOT_FOUND.
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
