/**
 * The keeper: a small separate process that runs an engine for other processes, and ends it some time after
 * the last of them. It outlives the command that started it, even a killed one, so that printed links keep
 * working. Run as `node keeper.js DATA_DIR OPTIONS_JSON`.
 */
import { KeeperOptions, type KeeperReport } from './launch-keeper.js';
import { setTimeout as delay } from 'node:timers/promises';
import { BatonError } from '../../contracts/errors.js';
import {
  listEngineFiles,
  type EngineFiles,
  type EngineRecord,
  removeRecord,
  writeRecord,
} from '../server/engine-record.js';
import { acquireLock, type KeeperLock } from './keeper-lock.js';
import { collectNeed } from './leases.js';
import { isAlive } from '../server/processes.js';
import { endServers, openServer } from '../server/sole-server.js';

const ROUND_MS = 250;

async function runKeeper(dataDir: string, options: KeeperOptions): Promise<void> {
  // The server creates its database files itself, so the umask keeps other users from reading them.
  process.umask(0o077);
  let told = false;
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => (told = true));
  const files = listEngineFiles(dataDir);
  const lock = await acquireLock(files.locks);
  if (!lock) return;
  try {
    const record = await openServer(files, options);
    // An open channel would keep the command that started this process from ending.
    if (process.connected) process.disconnect();
    try {
      await keep(files, record, lock, options.lingerSeconds, () => told);
    } catch (error) {
      await endServers([record.server]);
      throw error;
    }
  } finally {
    lock.release();
  }
}

async function keep(
  files: EngineFiles,
  record: EngineRecord,
  lock: KeeperLock,
  initialLingerSeconds: number,
  wasTold: () => boolean,
): Promise<void> {
  let lingerSeconds = initialLingerSeconds;
  let lastNeeded = performance.now();
  for (;;) {
    // A crashed server leaves its record, so the next one starts at the same address.
    if (!isAlive(record.server)) return;
    // No process can find an engine whose folder was removed.
    if (!lock.isHeld()) return endServers([record.server]);
    const need = collectNeed(files.leases);
    if (need.lingerSeconds !== undefined) {
      lingerSeconds = need.lingerSeconds;
      lastNeeded = performance.now();
    }
    const idle = !need.now && performance.now() - lastNeeded >= lingerSeconds * 1000;
    if ((wasTold() || idle) && (await stopServing(files, record, wasTold()))) return;
    await delay(ROUND_MS);
  }
}

/** Returns whether the server was ended. A new lease keeps it, unless the keeper was asked to end. */
async function stopServing(files: EngineFiles, record: EngineRecord, told: boolean): Promise<boolean> {
  // A process that needs the engine writes a lease and then reads the record. The keeper does it in the
  // reverse order. So one of the two sees the other, and nobody gets an engine that is about to end.
  writeRecord(files, { ...record, state: 'ending' });
  if (!told && collectNeed(files.leases).now) {
    writeRecord(files, record);
    return false;
  }
  await endServers([record.server]);
  removeRecord(files);
  return true;
}

function report(error: unknown): void {
  const known = error instanceof BatonError ? error : undefined;
  const message: KeeperReport = {
    code: known?.code ?? 'ENGINE_FAILED',
    message: error instanceof Error ? error.message : String(error),
    facts: known?.facts ?? {},
  };
  // Standard error goes to the log; the waiting command gets the message over the channel.
  console.error(error);
  if (process.connected) process.send?.(message, () => process.exit(1));
  else process.exit(1);
}

const [, , dataDir = '', json = ''] = process.argv;
runKeeper(dataDir, KeeperOptions.parse(JSON.parse(json))).then(() => process.exit(0), report);
