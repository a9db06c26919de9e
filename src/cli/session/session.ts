/** The session of one command: its global options, its screen, and its connection to the server, opened when needed. */
import { nameCommand } from '../../project/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { connect, resolveTarget, type ResolvedTarget } from '../../client/connect.js';
import { type BatonError, createUnreachableError } from '../../contracts/errors.js';
import { findRunningEngine, knock } from '../../engine/index.js';
import { readCommandName } from '../terminal/command-name.js';
import { Screen } from '../terminal/screen.js';
import type { RunRef } from '../../client/runs/runs.js';

/** The folder of the embedded engine's files. */
export const DATA_DIR = '.baton';

export const Globals = z.object({
  json: z.boolean().default(false),
  address: z.string().optional(),
  namespace: z.string().optional(),
  profile: z.string().optional(),
  verbose: z.boolean().default(false),
});
export type Globals = z.infer<typeof Globals>;

export interface Server extends ResolvedTarget {
  /** The URL of the Web UI, if known. */
  readonly uiUrl?: string;
  /** This folder's engine does not run, so a server at the default address is not this folder's. */
  readonly asleep?: boolean;
}

export class Session {
  readonly globals: Globals;
  readonly screen: Screen;
  private located: Promise<Server> | undefined;
  private connected: Promise<Client> | undefined;

  constructor(globals: Globals, screen = new Screen(globals.json)) {
    this.globals = globals;
    this.screen = screen;
  }

  /**
   * The address of the server: from flags, profile and environment, else this folder's engine, else
   * Temporal's default.
   */
  server(): Promise<Server> {
    this.located ??= locate(this.globals);
    return this.located;
  }

  /** Sets the server, for a command that started it. */
  use(server: Server): void {
    this.located = Promise.resolve(server);
  }

  /**
   * @throws {BatonError} `ENGINE_UNREACHABLE`.
   */
  client(): Promise<Client> {
    this.connected ??= this.server().then(async (server) => {
      if (server.asleep) throw createAsleepError();
      await assertReachable(server);
      return connect(server);
    });
    return this.connected;
  }

  async close(): Promise<void> {
    const client = await this.connected?.catch(() => undefined);
    await client?.connection.close();
  }
}

async function locate({ address, namespace, profile }: Globals): Promise<Server> {
  // Searching for an engine creates its folder, so a read-only command checks first that it exists.
  const engine = existsSync(join(DATA_DIR, 'engine.json')) ? await findRunningEngine(DATA_DIR) : undefined;
  const target = resolveTarget(defined({ address, namespace, profile }), engine?.address);
  if (engine === undefined && target.source === 'default' && existsSync(join(DATA_DIR, 'engine.db'))) {
    return { ...target, asleep: true };
  }
  const isOurs = engine !== undefined && engine.address === target.address;
  return isOurs && engine.uiUrl !== null ? { ...target, uiUrl: engine.uiUrl } : target;
}

function createAsleepError(): BatonError {
  return createUnreachableError(
    `This folder's engine (${DATA_DIR}/engine.db) does not run. Start it with \`${readCommandName()} dev\` or \`${readCommandName()} engine\`; its runs are where they were. For another server, give --address.`,
    { dataDir: DATA_DIR },
  );
}

/** A refused gRPC channel retries until its timeout. A local socket shows at once that nothing listens. */
async function assertReachable({ address, source }: Server): Promise<void> {
  if (!/^(127\.0\.0\.1|localhost|\[?::1\]?):\d+$/.test(address)) return;
  const refused = await knock(address, 2_000);
  // A slow answer is left to the gRPC channel.
  if (!(refused instanceof Error)) return;
  throw createUnreachableError(
    `No Temporal server answers at ${address} (${source}). Start one with ${nameCommand('dev')} or ${nameCommand('engine')}, or give --address.`,
    { address },
    refused,
  );
}

/** The URL of a run's page, if the Web UI is known. */
export function buildRunPageUrl(
  { uiUrl, namespace }: Server,
  { workflowId, runId }: RunRef,
): string | undefined {
  if (uiUrl === undefined) return undefined;
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}/${runId}`;
}
