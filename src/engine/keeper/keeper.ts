/**
 * The keeper: a small process of its own that holds an engine for those who need it, and ends it some time after the
 * last of them. It outlives the command that started it, even a killed one, so that a printed link keeps working.
 * Run as `node keeper.js DATA_DIR OPTIONS_JSON`.
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
  // The server writes its database by itself.
  process.umask(0o077);
  let told = false;
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => (told = true));
  const files = listEngineFiles(dataDir);
  const lock = await acquireLock(files.locks);
  if (!lock) return;
  try {
    const record = await openServer(files, options);
    // The command that started us must not be held by the channel.
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
    // A server that died by itself leaves its record: the next one starts at the same address.
    if (!isAlive(record.server)) return;
    // Nobody can find an engine whose folder was removed.
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

/** Whether the server was ended. A lease that appeared in the meantime keeps it, unless the keeper was told to end. */
async function stopServing(files: EngineFiles, record: EngineRecord, told: boolean): Promise<boolean> {
  // Who needs the engine writes a lease and then reads the record; here it is the other way round. So one of the two
  // sees the other, and nobody is given an engine that is about to end.
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
  // The log takes standard error; the command that waits for us gets the message itself.
  console.error(error);
  if (process.connected) process.send?.(message, () => process.exit(1));
  else process.exit(1);
}

const [, , dataDir = '', json = ''] = process.argv;
runKeeper(dataDir, KeeperOptions.parse(JSON.parse(json))).then(() => process.exit(0), report);
