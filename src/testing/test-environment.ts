/**
 * Tests a team with its real workflows, tools and store on a real Temporal dev server, and the test's own models. Each
 * environment has a separate task queue and store, so that tests do not see each other's runs.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Client } from '@temporalio/client';
import { NativeConnection, type Logger } from '@temporalio/worker';
import type { ToolImplementation } from '../activities/tools/implement.js';
import { connect, resolveTarget } from '../client/connect.js';
import { startRun } from '../client/runs/runs.js';
import type { Json } from '../contracts/data/json.js';
import type { PriceTable } from '../contracts/definitions/price.js';
import { ensureEngine, ensureSearchAttributes } from '../engine/index.js';
import type { Model } from '../models/model/model.js';
import { bundleWorkflows, createWorker, loadConfig, quietRuntime, type LoadedConfig } from '../worker.js';
import { TestRun } from './test-run.js';

/** The parts of an environment that differ from the configuration. */
export interface TestEnvironmentOptions {
  /** A configuration, or a file of orchestrations, relative to the working folder. Default: `baton.config.ts`. */
  readonly config?: string;
  /** Answers for every agent, regardless of the configured models. */
  readonly model: Model;
  /** Replace the configured implementations of the same tools. */
  readonly tools?: readonly ToolImplementation[];
  /** A running Temporal server, as `host:port`. Default: a dev server of this folder, in `.baton/test`. */
  readonly address?: string;
  /** Its namespace. Default: `default`. */
  readonly namespace?: string;
}

/** An orchestration, whose type checks a run's input and result: `desk.start<typeof hello>('hello', …)`. */
type Startable = (input: never) => Promise<unknown>;

/** A worker that serves a team, and a client. */
export interface TestEnvironment {
  readonly client: Client;
  /** The environment's own task queue. Pass it to anything else that should serve here. */
  readonly taskQueue: string;
  /** Starts a run of a workflow with a new id. */
  start<W extends Startable = (input: Json) => Promise<Json>>(
    workflow: string,
    input: Parameters<W>[0],
  ): Promise<TestRun<Awaited<ReturnType<W>>>>;
}

/** The dev server keeps running for this long after the last test process, so that the next one need not start it. */
const ENGINE_STAYS_SECONDS = 60;

/**
 * Runs `body` while a worker serves the team. The first environment of a folder starts a Temporal dev server, which
 * keeps its files in `.baton/test`. Runs that are still open when `body` ends stay open there without a worker.
 *
 * @throws {BatonError} `BAD_CONFIG`, `MODEL_NOT_CONFIGURED`, `ENGINE_NOT_FOUND`, `ENGINE_UNREACHABLE`; and the errors
 * of `body`.
 */
export async function withTestEnvironment<T>(
  options: TestEnvironmentOptions,
  body: (desk: TestEnvironment) => Promise<T>,
): Promise<T> {
  const config = await loadConfig(options.config);
  const folder = await mkdtemp(join(tmpdir(), 'baton-desk-'));
  const engine = await ensureEngine({
    address: options.address,
    dataDir: resolve('.baton', 'test'),
    headless: true,
    lingerSeconds: ENGINE_STAYS_SECONDS,
  });
  const { namespace = 'default' } = options;
  try {
    return await runAtServer(
      { address: engine.address, namespace },
      buildTestConfig(config, options, folder),
      body,
    );
  } finally {
    engine.release();
    await rm(folder, { recursive: true, force: true });
  }
}

function buildTestConfig(
  config: LoadedConfig,
  options: TestEnvironmentOptions,
  folder: string,
): LoadedConfig {
  const { model, tools = [] } = options;
  const given = new Set(tools.map(({ tool }) => tool.name));
  const names = ['default', ...Object.keys(config.models)];
  return {
    ...config,
    models: Object.fromEntries(names.map((name) => [name, model])),
    ...(config.prices ? { prices: withPrice(config.prices, model.name) } : {}),
    tools: [...tools, ...config.tools.filter(({ tool }) => !given.has(tool.name))],
    store: `file:${join(folder, 'store.db')}`,
    taskQueue: `test-${randomUUID()}`,
  };
}

/** A test's model costs nothing if the table has no price for it, so that a cost budget can be tested. */
function withPrice(prices: PriceTable, model: string): PriceTable {
  return { ...prices, models: { [model]: { input: 0, output: 0 }, ...prices.models } };
}

/** Workflow code by its file: it does not change while tests run, and takes seconds to bundle. */
const bundles = new Map<string, ReturnType<typeof bundleWorkflows>>();

function getBundle(file: string, logger: Logger): ReturnType<typeof bundleWorkflows> {
  const bundle = bundles.get(file) ?? bundleWorkflows(file, logger);
  bundles.set(file, bundle);
  return bundle;
}

async function runAtServer<T>(
  server: { readonly address: string; readonly namespace: string },
  config: LoadedConfig,
  body: (desk: TestEnvironment) => Promise<T>,
): Promise<T> {
  const logger = quietRuntime('ERROR');
  const client = await connect(resolveTarget(server));
  const connection = await NativeConnection.connect({ address: server.address });
  try {
    await ensureSearchAttributes(client.connection, server.namespace);
    const worker = await createWorker(config, {
      connection,
      namespace: server.namespace,
      logger,
      bundle: await getBundle(config.workflowsFile, logger),
    });
    const running = worker.run();
    try {
      const stopped = running.then(() => Promise.reject(new Error('The worker of the test stopped.')));
      return await Promise.race([body(createTestEnvironment(client, config.taskQueue)), stopped]);
    } finally {
      worker.shutdown();
      await running;
    }
  } finally {
    await connection.close();
    await client.connection.close();
  }
}

function createTestEnvironment(client: Client, taskQueue: string): TestEnvironment {
  return {
    client,
    taskQueue,
    start: async (workflow, input) => {
      const id = `${workflow}-${randomUUID().slice(0, 8)}`;
      const { workflowId } = await startRun(client, workflow, input, { id, taskQueue });
      return new TestRun(client, workflowId);
    },
  };
}
