/** Plays scenarios as real runs: a dev server, one worker in this process, one run a scenario. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { resultOf, startRun } from '@batonhq/baton/client';
import { createWorker, loadConfig, quietRuntime } from '@batonhq/baton/worker';
import { findEngine, startEngine } from '../../../src/engine/index.js';
import { progress } from '../../command/run-bench.js';
import type { Scenario } from '../scenario.js';
import type { Sender } from '../sender.js';
import { deliveryOf, type Delivery } from '../strategy.js';
import type { CountTokens } from '../tokens.js';
import { Player } from './player.js';

const TASK_QUEUE = 'bench-context';
/** Runs at a time. */
const AT_ONCE = 4;

/** The requests to the receivers of each scenario, by the scenario's id. */
export async function playBaton(
  scenarios: readonly Scenario[],
  sender: Sender,
  count: CountTokens,
): Promise<ReadonlyMap<string, readonly Delivery[]>> {
  const player = new Player(scenarios, sender);
  await withServer(async (address, store) => {
    await withWorker({ address, store, player, scenarios }, async (client) => {
      let next = 0;
      const take = async (): Promise<void> => {
        for (let scenario = scenarios[next++]; scenario !== undefined; scenario = scenarios[next++]) {
          progress(`${scenario.id}: ${scenario.hops} hops, a window of ${scenario.window} tokens`);
          await run(client, scenario);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, take));
    });
  });
  return new Map(scenarios.map((scenario) => [scenario.id, deliveries(scenario, player, count)]));
}

async function run(client: Client, { id, window }: Scenario): Promise<void> {
  const { workflowId } = await startRun(
    client,
    'play',
    { case: id, window },
    { id: `context-${id}`, taskQueue: TASK_QUEUE },
  );
  await resultOf(client, workflowId);
}

function deliveries(scenario: Scenario, player: Player, count: CountTokens): Delivery[] {
  return scenario.agents.map((_, agent) => {
    const receiver = agent + 1;
    const { request, summary } = player.received(scenario, receiver);
    return deliveryOf(receiver, JSON.stringify(summary), request, count);
  });
}

async function withServer(body: (address: string, store: string) => Promise<void>): Promise<void> {
  const { path } = await findEngine({ onProgress: progress });
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-context-'));
  const engine = await startEngine({
    executable: path,
    dbFile: join(folder, 'engine.db'),
    logFile: join(folder, 'engine.log'),
    preferredPort: 18_333,
    headless: true,
  });
  try {
    await body(engine.address, `file:${join(folder, 'store.db')}`);
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Serving {
  readonly address: string;
  readonly store: string;
  readonly player: Player;
  readonly scenarios: readonly Scenario[];
}

async function withWorker(
  { address, store, player, scenarios }: Serving,
  body: (client: Client) => Promise<void>,
): Promise<void> {
  const logger = quietRuntime('ERROR');
  const config = await loadConfig(fileURLToPath(new URL('workflows.js', import.meta.url)));
  // The tools must be defined after the configuration is loaded, or it does not find them.
  const { toolsOf } = await import('./tools.js');
  const native = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  try {
    const worker = await createWorker(
      { ...config, models: { default: player }, tools: toolsOf(scenarios), store, taskQueue: TASK_QUEUE },
      { connection: native, logger },
    );
    const running = worker.run();
    try {
      const stopped = running.then(() => Promise.reject(new Error('The worker stopped.')));
      await Promise.race([body(new Client({ connection })), stopped]);
    } finally {
      worker.shutdown();
      await running;
    }
  } finally {
    await connection.close();
    await native.close();
  }
}
