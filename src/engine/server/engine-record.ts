/** A data folder's record of its engine: `engine.json`, through which other processes find the engine. */
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ProcessRef } from './processes.js';

export const EngineRecord = z.object({
  pid: z.int().positive().describe("the server's process"),
  keeperPid: z.int().positive().describe('the process that ends the server when nobody needs it'),
  address: z.string().describe('host:port of the gRPC frontend'),
  uiUrl: z.string().nullable(),
  startedAt: z.iso.datetime(),
  version: z.string().describe("the server's version"),
  state: z.enum(['running', 'ending']),
  server: ProcessRef,
  keeper: ProcessRef,
});
export type EngineRecord = z.infer<typeof EngineRecord>;

/**
 * The files of a data folder. The path is absolute and free of links, so every process uses the same name for
 * the database.
 */
export interface EngineFiles {
  readonly folder: string;
  readonly database: string;
  readonly record: string;
  readonly log: string;
  readonly locks: string;
  readonly leases: string;
}

/** Creates the data folder if missing. It contains the texts of runs, so only its owner can read it. */
export function listEngineFiles(dataDir: string): EngineFiles {
  mkdirSync(resolve(dataDir), { recursive: true });
  chmodSync(resolve(dataDir), 0o700);
  const folder = realpathSync(resolve(dataDir));
  return {
    folder,
    database: join(folder, 'engine.db'),
    record: join(folder, 'engine.json'),
    log: join(folder, 'engine.log'),
    locks: join(folder, 'keeper'),
    leases: join(folder, 'leases'),
  };
}

/** Undefined when the record is missing or unreadable. The engine is then found by its process. */
export function readRecord({ record }: EngineFiles): EngineRecord | undefined {
  try {
    return EngineRecord.safeParse(JSON.parse(readFileSync(record, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Writes the record atomically: readers see the old or the new one, never a part. */
export function writeRecord({ record }: EngineFiles, content: EngineRecord): void {
  const draft = `${record}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, record);
}

export function removeRecord({ record }: EngineFiles): void {
  rmSync(record, { force: true });
}
