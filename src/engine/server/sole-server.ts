/**
 * Starts the one server of a data folder. The caller has the folder's lock, so a server already running on
 * the database was left behind by a killed keeper.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type EngineFiles, type EngineRecord, readRecord, writeRecord } from './engine-record.js';
import { probeEngine } from './probe-engine.js';
import {
  endProcess,
  findByArguments,
  findProcess,
  isAlive,
  identifyProcess,
  type ProcessRef,
} from './processes.js';
import { startEngine, type StartEngineOptions } from './start-engine.js';

export type ServerOptions = Pick<StartEngineOptions, 'executable' | 'port' | 'headless'>;

const GRACE_MS = 10_000;
const WATCH_MS = 250;

/**
 * Adopts a server that was left behind, if it is the recorded one and answers; its runs and workers are not
 * interrupted. Otherwise ends every other server first, because two servers on one SQLite file corrupt it.
 * Then it starts one, at the last address if that is free, so that waiting workers reach it. Writes the
 * record.
 * @throws BatonError ENGINE_FAILED.
 */
export async function openServer(files: EngineFiles, options: ServerOptions): Promise<EngineRecord> {
  const last = readRecord(files);
  const orphans = findServers(files);
  const record = (await adopt(last, orphans)) ?? (await replace(files, last, orphans, options));
  writeRecord(files, record);
  return record;
}

/** Servers running on the folder's database. */
export function findServers(files: EngineFiles): ProcessRef[] {
  const servers = findByArguments(['start-dev', '--db-filename', files.database]);
  const recorded = readRecord(files)?.server;
  const known = !recorded || !isAlive(recorded) || servers.some(({ pid }) => pid === recorded.pid);
  return known ? servers : [...servers, recorded];
}

/** Resolves when the process has ended. */
export async function waitUntilServerGone(server: ProcessRef): Promise<void> {
  while (isAlive(server)) await delay(WATCH_MS);
}

export async function endServers(servers: readonly ProcessRef[]): Promise<void> {
  await Promise.all(servers.map((server) => endProcess(server, GRACE_MS)));
}

async function adopt(
  last: EngineRecord | undefined,
  orphans: readonly ProcessRef[],
): Promise<EngineRecord | undefined> {
  if (!last || orphans.length !== 1 || orphans[0]?.pid !== last.pid) return undefined;
  const probe = await probeEngine(last.address, 'default', 5_000);
  return probe.ok ? { ...last, ...describeThisKeeper(), state: 'running' } : undefined;
}

async function replace(
  files: EngineFiles,
  last: EngineRecord | undefined,
  orphans: readonly ProcessRef[],
  options: ServerOptions,
): Promise<EngineRecord> {
  await endServers(orphans);
  const { address, uiUrl, pid } = await startEngine({
    ...options,
    dbFile: files.database,
    logFile: files.log,
    preferredPort: last && Number(last.address.split(':').at(-1)),
  });
  const probe = await probeEngine(address, 'default', 5_000);
  return {
    pid,
    address,
    uiUrl: uiUrl ?? null,
    startedAt: new Date().toISOString(),
    version: probe.ok ? probe.serverVersion : 'unknown',
    state: 'running',
    server: findProcess(pid) ?? { pid, began: '' },
    ...describeThisKeeper(),
  };
}

function describeThisKeeper(): Pick<EngineRecord, 'keeper' | 'keeperPid'> {
  return { keeper: identifyProcess(), keeperPid: process.pid };
}
