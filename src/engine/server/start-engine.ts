/** Starts a Temporal dev server as a child process, and waits until it is ready. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BatonError, createEngineError } from '../../contracts/errors.js';
import { probeEngine, connectFresh } from './probe-engine.js';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';
import { ensureSearchAttributes } from './search-attributes.js';
import { HOST, listServerArguments } from './server-arguments.js';

export interface StartEngineOptions {
  /** The path of `temporal`, as `findEngine` returns it. */
  readonly executable: string;
  /** The SQLite file, with `-wal` and `-shm` next to it. Without a file, all data is lost when the server ends. */
  readonly dbFile?: string | undefined;
  readonly logFile: string;
  /**
   * Exactly this port. Default: 7233, or a free port if it is in use. The Web UI uses this port plus 1,000,
   * or a free one.
   */
  readonly port?: number | undefined;
  /** Tried before 7233 when `port` is not set. */
  readonly preferredPort?: number | undefined;
  /** Without Web UI. */
  readonly headless?: boolean | undefined;
  /** Default 60,000. */
  readonly timeoutMs?: number;
}

export interface RunningEngine {
  /** `host:port` of the gRPC frontend. */
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  /** Resolves with the reason when the server has ended, for any cause. */
  readonly ended: Promise<string>;
  /** Ends the server: SIGTERM, then SIGKILL after 10 seconds. Can be called several times. */
  stop(): Promise<void>;
}

const NAMESPACE = 'default';
const ATTEMPTS = 3;
const GRACE_MS = 10_000;

/**
 * Resolves when the server answers and the namespace `default` has Baton's search attributes and keeps closed
 * runs for 30 days. With a `dbFile`, every acknowledged step survives a kill of the server
 * (synchronous=full). The server ends with this process, unless the process is killed by SIGKILL.
 * @throws BatonError ENGINE_FAILED with the last lines of the server's log.
 */
export async function startEngine(options: StartEngineOptions): Promise<RunningEngine> {
  if (options.port !== undefined && !(await isFree(options.port))) {
    throw createEngineError(`Port ${options.port} is taken. Choose another, or leave it open.`, {
      port: options.port,
    });
  }
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryStart(options);
    if (!('failure' in outcome)) return outcome;
    if (!PASSING.test(outcome.log) || attempt === ATTEMPTS) throw outcome.failure;
  }
}

/** Another process can take a port between the check and its use; the server may report this as a panic. */
const PASSING = /address already in use|can't set \w+ port|bind: |^panic: /im;

/** A panic is followed by the stacks of all goroutines. */
const LOG_LINES = 1_000;

async function tryStart(
  options: StartEngineOptions,
): Promise<RunningEngine | { failure: BatonError; log: string }> {
  const port = options.port ?? (await findFreePort(options.preferredPort, 7233));
  const uiPort = options.headless ? undefined : await findFreePort(port + 1000);
  const address = `${HOST}:${port}`;
  const log = openLog(options.logFile);
  const child = spawn(options.executable, listServerArguments(options.dbFile, port, uiPort), {
    stdio: ['ignore', log.descriptor, log.descriptor],
    // A separate process group: Ctrl-C reaches only this process, which ends the workers first and the server
    // last.
    detached: true,
    windowsHide: true,
  });
  log.close();
  const server = superviseChild(child);
  try {
    await waitUntilReady(address, server.ended, options.timeoutMs ?? 60_000);
    await prepareNamespace(address, NAMESPACE);
  } catch (error) {
    await server.stop();
    return { failure: createStartError(options, log, error), log: log.tail(LOG_LINES) };
  }
  return {
    address,
    uiUrl: uiPort === undefined ? undefined : `http://${HOST}:${uiPort}`,
    pid: child.pid ?? 0,
    ...server,
  };
}

function superviseChild(child: ChildProcess): Pick<RunningEngine, 'ended' | 'stop'> {
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
  const endWithUs = (): void => void child.kill('SIGTERM');
  process.once('exit', endWithUs);
  void ended.then(() => process.removeListener('exit', endWithUs));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(kill);
  };
  return { ended, stop };
}

async function waitUntilReady(address: string, ended: Promise<string>, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let over: string | undefined;
  void ended.then((reason) => (over = reason));
  for (;;) {
    const probe = await probeEngine(address, NAMESPACE, 5_000);
    if (over !== undefined) throw new Error(`it ${over}`);
    if (probe.ok) return;
    if (performance.now() > deadline)
      throw new Error(`it was not ready after ${timeoutMs / 1000} s (${probe.why})`);
    await delay(50);
  }
}

function createStartError(
  { executable, dbFile, logFile }: StartEngineOptions,
  log: EngineLog,
  error: unknown,
): BatonError {
  const reason = error instanceof Error ? error.message : String(error);
  const tail = log.tail(15) || '(nothing)';
  return createEngineError(
    `The Temporal dev server ${executable} did not start: ${reason}. The end of its log, ${logFile}:\n${tail}`,
    { executable, dbFile, logFile, reason },
    error,
  );
}

/** By default, the dev server deletes a closed run after a day, and then yesterday's links to it break. */
const RETENTION_MS = 30 * 86_400_000;

/** Ensures the search attributes, and a retention of at least 30 days. Safe to repeat. */
async function prepareNamespace(address: string, namespace: string): Promise<void> {
  const connection = await connectFresh(address, 10_000);
  try {
    await ensureSearchAttributes(connection, namespace);
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    if ((optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0) >= RETENTION_MS) return;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(RETENTION_MS) },
    });
  } finally {
    await connection.close();
  }
}

/** At a start, a larger log is renamed to FILE.1, which replaces the previous one. */
const KEEP_BYTES = 5_000_000;

/** The log file of the server's output. */
interface EngineLog {
  readonly file: string;
  /** For a child's stdout and stderr. */
  readonly descriptor: number;
  /** The last LINES lines written since `openLog`. */
  tail(lines: number): string;
  close(): void;
}

function openLog(file: string): EngineLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (readSize(file) > KEEP_BYTES) renameSync(file, `${file}.1`);
  const from = readSize(file);
  const descriptor = openSync(file, 'a', 0o600);
  return {
    file,
    descriptor,
    tail: (lines) =>
      readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-lines).join('\n'),
    close: () => closeSync(descriptor),
  };
}

function readSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Whether PORT is free now. Another process can take it a moment later. */
async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

/** The first free one of PREFERRED, else a port that the system picks. */
export async function findFreePort(...preferred: readonly (number | undefined)[]): Promise<number> {
  for (const each of preferred) {
    if (each !== undefined && each > 0 && each < 65_536 && (await isFree(each))) return each;
  }
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('no free port on the loopback interface');
  return port;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
