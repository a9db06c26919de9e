/** Leases record which processes need the engine of a data folder. A lease ends with its process, even a killed one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive, identifyProcess, ProcessRef } from '../server/processes.js';

const Lease = z.object({
  holder: ProcessRef,
  lingerSeconds: z.number().nonnegative(),
  released: z.boolean(),
});
type Lease = z.infer<typeof Lease>;

export interface HeldLease {
  release(): void;
}

/** The combined need of all leases of a folder. */
export interface Need {
  /** Whether a living process has a lease. */
  readonly now: boolean;
  /** The longest time that a lease asks the engine to stay after it. Undefined without any lease. */
  readonly lingerSeconds: number | undefined;
}

/** Takes a lease for this process. LINGER_SECONDS: how long the engine must stay after the lease. */
export function takeLease(folder: string, lingerSeconds: number): HeldLease {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${process.pid}-${randomUUID()}.json`);
  const lease: Lease = { holder: identifyProcess(), lingerSeconds, released: false };
  write(file, lease);
  return {
    // The keeper removes the file after it has seen it, so that even a lease shorter than the keeper's
    // interval counts.
    release: () => {
      if (existsSync(file)) write(file, { ...lease, released: true });
    },
  };
}

/** Reads all leases, and removes those that were released or whose process has ended. */
export function collectNeed(folder: string): Need {
  if (!existsSync(folder)) return { now: false, lingerSeconds: undefined };
  let now = false;
  let lingerSeconds: number | undefined;
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
    const file = join(folder, name);
    const lease = read(file);
    if (lease) lingerSeconds = Math.max(lingerSeconds ?? 0, lease.lingerSeconds);
    if (lease && !lease.released && isAlive(lease.holder)) now = true;
    else rmSync(file, { force: true });
  }
  return { now, lingerSeconds };
}

function read(file: string): Lease | undefined {
  try {
    return Lease.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function write(file: string, lease: Lease): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify(lease), { mode: 0o600 });
  renameSync(draft, file);
}
