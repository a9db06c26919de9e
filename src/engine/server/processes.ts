/**
 * Processes that other processes left behind: whether they live, how to identify them, and how to end them. A
 * process number is not enough, because numbers are reused (in a container even the same ones after each
 * restart). So a process is identified by its number and its start time.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** A process as stored in files. */
export const ProcessRef = z.object({
  pid: z.int().positive(),
  /** The start time as the system reports it; compared, never parsed. Empty if the system does not report it. */
  began: z.string(),
});
export type ProcessRef = z.infer<typeof ProcessRef>;

/** The process with this number; undefined when it has ended, even if it was not reaped yet. */
export function findProcess(pid: number): ProcessRef | undefined {
  if (process.platform === 'linux') return findInProc(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined;
  }
  if (process.platform === 'win32') return { pid, began: '' };
  const began = runPs(['-o', 'lstart=', '-p', String(pid)]).trim();
  return began === '' ? undefined : { pid, began };
}

/** This process. */
export function identifyProcess(): ProcessRef {
  return findProcess(process.pid) ?? { pid: process.pid, began: '' };
}

/** Whether exactly this process still exists. */
export function isAlive({ pid, began }: ProcessRef): boolean {
  return findProcess(pid)?.began === began;
}

/**
 * The processes whose command line has all of PARTS as arguments. Empty on Windows, which has no cheap
 * process list.
 */
export function findByArguments(parts: readonly string[]): ProcessRef[] {
  if (process.platform === 'win32') return [];
  const matches = listCommandLines().filter(({ line }) => parts.every((part) => line.includes(` ${part} `)));
  return matches.flatMap(({ pid }) => findProcess(pid) ?? []);
}

/** Sends SIGTERM, then SIGKILL after the grace time. Resolves when the process has ended. */
export async function endProcess(target: ProcessRef, graceMs: number): Promise<void> {
  sendSignal(target, 'SIGTERM');
  if (await waitUntilGone(target, graceMs)) return;
  sendSignal(target, 'SIGKILL');
  if (!(await waitUntilGone(target, 5_000))) throw new Error(`process ${target.pid} does not end`);
}

function sendSignal(target: ProcessRef, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (isAlive(target)) process.kill(target.pid, name);
  } catch {
    // The process may have ended in between; the wait below detects if it did not.
  }
}

async function waitUntilGone(target: ProcessRef, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (isAlive(target)) {
    if (performance.now() > deadline) return false;
    await delay(25);
  }
  return true;
}

function findInProc(pid: number): ProcessRef | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  // The second field, the program's name, can contain spaces and parentheses. The fields after the last `)`
  // cannot.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, began] = [fields?.[0], fields?.[19]];
  return began === undefined || state === 'Z' || state === 'X' ? undefined : { pid, began };
}

function listCommandLines(): { pid: number; line: string }[] {
  if (process.platform === 'linux') {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => ({
      pid: Number(pid),
      line: ` ${(readProc(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ')}`,
    }));
  }
  return runPs(['-axww', '-o', 'pid=,args='])
    .split('\n')
    .map((row) => ({ pid: Number.parseInt(row, 10), line: `${row} ` }))
    .filter(({ pid }) => pid > 0);
}

function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function runPs(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
  } catch {
    return '';
  }
}
