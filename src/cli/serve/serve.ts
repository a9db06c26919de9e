/** An engine and a worker at the command's side, for as long as the command runs. */
import { defined } from '../../contracts/data/defined.js';
import { Connection } from '@temporalio/client';
import { NativeConnection, type Logger } from '@temporalio/worker';
import { createUnreachableError } from '../../contracts/errors.js';
import { ensureEngine, ensureSearchAttributes } from '../../engine/index.js';
import { createWorker, quietRuntime, type BatonWorker, type WorkerOptions } from '../../worker.js';
import type { LoadedConfig } from '../../worker/load-config.js';
import { assertProvable } from '../../worker/loopback.js';
import { escapeText } from '../terminal/escape-text.js';
import { DATA_DIR, type Server, type Session } from '../session/session.js';

export interface Hosting {
  readonly server: Server;
  /** Whether this folder's own engine is used, rather than a server that was named. */
  readonly embedded: boolean;
  release(): void;
}

/** The server that was named, or this folder's engine, which is started if it does not run. */
export async function hostEngine(session: Session): Promise<Hosting> {
  const server = await session.server();
  if (server.source !== 'default') return { server, embedded: false, release: () => {} };
  const { screen } = session;
  const engine = await ensureEngine({
    dataDir: DATA_DIR,
    onProgress: (message) => screen.note(screen.notePalette.quiet(`  ${message}`)),
  });
  const hosted: Server = {
    ...server,
    address: engine.address,
    connection: { ...server.connection, address: engine.address },
    ...defined({ uiUrl: engine.uiUrl }),
  };
  session.use(hosted);
  return { server: hosted, embedded: true, release: () => engine.release() };
}

/** The logs of Temporal's runtime, as lines above what is drawn. Call it once, before the first connection. */
export function openRuntimeLogs({ globals, screen }: Session): Logger {
  return quietRuntime(globals.verbose ? 'INFO' : 'WARN', (line) => {
    screen.note(screen.notePalette.quiet(escapeText(`  ${line}`).replace(/\s*\n\s*/g, ' ')));
  });
}

/** What is told of a model. */
export function describeModel({ name, offline }: LoadedConfig['models'][string]): string {
  return offline ? 'offline' : name;
}

export interface Serving {
  readonly taskQueue: string;
  /** The permissions whose tools are carried out. */
  readonly permissions: readonly string[];
  /** Resolves when the worker has ended; rejects when it failed. */
  readonly ended: Promise<void>;
  /** Ends the worker and its connection. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * A worker polls when this returns.
 *
 * @throws {BatonError} `ENGINE_UNREACHABLE`, `BAD_CONFIG`, `SEARCH_ATTRIBUTES_MISSING`, …
 */
export async function serve(
  server: Server,
  config: LoadedConfig,
  logger: Logger,
  options: Pick<WorkerOptions, 'allowsFallback' | 'bundle' | 'deployment' | 'serves'> = {},
): Promise<Serving> {
  assertProvable(config.approvals, server.address);
  await prepare(server);
  const connection = await connectNative(server);
  let worker: BatonWorker;
  try {
    worker = await createWorker(config, {
      connection,
      namespace: server.namespace,
      logger,
      ...options,
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
  let over = false;
  const ended = worker.run().finally(() => (over = true));
  // Whoever awaits `ended` or `stop` is told; until then a failure is no unhandled rejection.
  ended.catch(() => {});
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      if (!over) shutDown(worker);
      await ended.catch(() => {});
      // A worker that failed, and does not end, keeps it in use.
      await connection.close().catch(() => {});
    })();
    return stopping;
  };
  return { taskQueue: worker.taskQueue, permissions: worker.permissions, ended, stop };
}

/** Ctrl-C reaches Temporal's runtime too, which shuts workers down by itself; a second time is an error there. */
function shutDown(worker: BatonWorker): void {
  try {
    worker.shutdown();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'IllegalStateError')) throw error;
  }
}

async function prepare(server: Server): Promise<void> {
  const connection = await Connection.connect({ ...server.connection, address: server.address });
  try {
    await ensureSearchAttributes(connection, server.namespace);
  } finally {
    await connection.close();
  }
}

async function connectNative(server: Server): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect({ ...server.connection, address: server.address });
  } catch (error) {
    throw createUnreachableError(
      `The worker cannot connect to ${server.address} (${server.source}): ${error instanceof Error ? error.message : String(error)}`,
      { address: server.address },
      error,
    );
  }
}
