/** Runs an engine and a worker for as long as the command runs. */
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
  /** Whether this folder's own engine is used instead of a named server. */
  readonly embedded: boolean;
  release(): void;
}

/** The server after its engine has started: it is no longer asleep, as the folder's server was before. */
export function buildHostedServer(
  { asleep: _asleep, ...server }: Server,
  { address, uiUrl }: { readonly address: string; readonly uiUrl?: string | undefined },
): Server {
  return { ...server, address, connection: { ...server.connection, address }, ...defined({ uiUrl }) };
}

/** Uses the named server, or this folder's engine, which it starts if necessary. */
export async function hostEngine(session: Session): Promise<Hosting> {
  const server = await session.server();
  if (server.source !== 'default') return { server, embedded: false, release: () => {} };
  const { screen } = session;
  const engine = await ensureEngine({
    dataDir: DATA_DIR,
    onProgress: (message) => screen.note(screen.notePalette.quiet(`  ${message}`)),
  });
  const hosted = buildHostedServer(server, engine);
  session.use(hosted);
  return { server: hosted, embedded: true, release: () => engine.release() };
}

/** Prints the logs of Temporal's runtime as lines above the live drawing. Call it once, before the first connection. */
export function openRuntimeLogs({ globals, screen }: Session): Logger {
  return quietRuntime(globals.verbose ? 'INFO' : 'WARN', (line) => {
    screen.note(screen.notePalette.quiet(escapeText(`  ${line}`).replace(/\s*\n\s*/g, ' ')));
  });
}

/** A model in one line. */
export function describeModel({ name, offline }: LoadedConfig['models'][string]): string {
  return offline ? 'offline' : name;
}

export interface Serving {
  readonly taskQueue: string;
  /** The permissions of tools that this worker runs. */
  readonly permissions: readonly string[];
  /** Resolves when the worker has ended; rejects when it failed. */
  readonly ended: Promise<void>;
  /** Stops the worker and closes its connection. Can be called several times. */
  stop(): Promise<void>;
}

/**
 * Resolves when the worker polls.
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
  // Callers of `ended` or `stop` get the error. This handler only prevents an unhandled rejection before
  // that.
  ended.catch(() => {});
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      if (!over) shutDown(worker);
      await ended.catch(() => {});
      // A failed worker that does not stop keeps the connection in use.
      await connection.close().catch(() => {});
    })();
    return stopping;
  };
  return { taskQueue: worker.taskQueue, permissions: worker.permissions, ended, stop };
}

/**
 * Ctrl-C also reaches Temporal's runtime, which shuts workers down automatically. A second shutdown would be
 * an error.
 */
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
