/**
 * The entry point `@batonhq/baton/worker`, and the composition root of a worker: it turns a configuration into a polling
 * worker.
 */
import {
  DefaultLogger,
  makeTelemetryFilterString,
  type NativeConnection,
  Runtime,
  Worker,
  type Logger,
  type WorkerOptions as TemporalWorkerOptions,
  type WorkflowBundle,
} from '@temporalio/worker';
import { HEARTBEAT_EVERY_MS } from './activities/runtime/heartbeat.js';
import { createActivities } from './activities/index.js';
import { createCallTool } from './activities/call-tool.js';
import { createRegistry, type Registry } from './activities/registry/registry.js';
import { EVERYTHING, type Serves } from './activities/registry/serves.js';
import { describeNearest } from './contracts/data/nearest.js';
import { createConfigError } from './contracts/errors.js';
import { toPermissionQueue } from './contracts/wire/wire.js';
import { openLibsqlStore } from './store/libsql-store.js';
import { createApprovals } from './worker/approvals.js';
import { bundleWorkflows } from './worker/bundle.js';
import { createRunGuard } from './worker/own-run.js';
import { createRootFinder, type FindRoot } from './worker/started-run.js';
import { StuckLog } from './worker/stuck-log.js';
import { runTogether } from './worker/run-together.js';
import type { LoadedConfig } from './worker/load-config.js';
import { listToolPermissions } from './worker/permissions.js';

export { defineConfig, type ApprovalsConfig, type BatonConfig } from './worker/config.js';
export { loadConfig, type LoadedConfig } from './worker/load-config.js';
export { email, type EmailOptions } from './notices/email/email.js';
export { webhook, type WebhookOptions } from './notices/webhook/webhook.js';
export { NoticeError, type NoticeAnswer, type NoticeContext, type Notifier } from './notices/notifier.js';
export { bundleWorkflows } from './worker/bundle.js';
export type { Price, PriceTable } from './contracts/definitions/price.js';
export {
  implement,
  NotDone,
  type ToolContext,
  type ToolImplementation,
} from './activities/tools/implement.js';
export * from './models/index.js';

/** Where a worker polls, and as which build. */
export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace?: string;
  /** A prebuilt bundle, e.g. from build time. Without it, the workflows are bundled now. */
  readonly bundle?: WorkflowBundle;
  readonly logger?: Logger;
  /** The purpose of the worker; default: it serves everything. */
  readonly serves?: Serves;
  /** Starts even when offline models answer only because no provider is configured. For development. */
  readonly allowsFallback?: boolean;
  /** Makes a versioned worker: its runs stay with its build. */
  readonly deployment?: { readonly name: string; readonly buildId: string };
}

/** A worker that serves a configuration's orchestrations, agents and tools on one task queue. */
export interface BatonWorker {
  readonly taskQueue: string;
  /** The permissions whose tools it carries out, each on a separate queue. */
  readonly permissions: readonly string[];
  /** Polls until {@link BatonWorker.shutdown}; rejects when the worker fails. */
  run(): Promise<void>;
  /** Stops polling, lets running work finish, and closes the store. */
  shutdown(): void;
}

/** A process has one runtime. */
let quiet: { readonly logger: Logger; readonly stuck: StuckLog } | undefined;

/**
 * Sends the logs of Temporal's runtime and of its native core to one place, by default stderr. The core would otherwise
 * write to stdout, where only results belong. Call it before the first connection; only the first call in a process counts.
 */
export function quietRuntime(
  level: 'ERROR' | 'WARN' | 'INFO' = 'WARN',
  sink: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Logger {
  if (quiet) return quiet.logger;
  const stuck = new StuckLog(sink);
  const logger = new DefaultLogger(level, ({ level: at, message, meta }) => {
    // Intended: the queue of a permission has tools and no workflows.
    if (message === 'No workflows registered, not polling for workflow tasks') return;
    if (stuck.takes(message, meta)) return;
    // The worker reports the core's other warnings too, with the run's name.
    if (meta?.['sdkComponent'] === 'core' && at === 'WARN' && level === 'WARN') return;
    const error = meta?.['error'] instanceof Error ? `: ${meta['error'].message}` : '';
    const run = typeof meta?.['workflowId'] === 'string' ? ` (run ${meta['workflowId']})` : '';
    sink(`${at} ${message}${run}${error}`);
  });
  const filter = makeTelemetryFilterString({ core: level, other: 'ERROR' });
  Runtime.install({ logger, telemetryOptions: { logging: { filter, forward: {} } } });
  quiet = { logger, stuck };
  return logger;
}

/**
 * Creates a worker from a configuration. It starts polling when you call `run`.
 *
 * @throws {BatonError} `BAD_CONFIG`, `MODEL_NOT_CONFIGURED` or `STORE_UNAVAILABLE`.
 */
export async function createWorker(config: LoadedConfig, options: WorkerOptions): Promise<BatonWorker> {
  const store = await openLibsqlStore(config.store);
  const stores = [store];
  try {
    const receipts = config.receipts === undefined ? undefined : await openLibsqlStore(config.receipts);
    if (receipts) stores.push(receipts);
    const findRoot = createRootFinder(options);
    const registry = createRegistry({
      approvals: createApprovals(config.approvals, config.policies, { ...options, findRoot }),
      definitions: config.definitions,
      teams: config.teams,
      implementations: config.tools,
      models: config.models,
      allowsFallback: options.allowsFallback,
      ...(options.serves ? { serves: options.serves } : {}),
      prices: config.prices,
      retryFor: config.retryFor,
      notifiers: config.notify,
      inboxUrl: config.inboxUrl,
      outputs: config.outputs,
      keepPrompts: config.keepPrompts,
      store,
      receipts,
    });
    for (const warning of config.warnings) (options.logger ?? new DefaultLogger('WARN')).warn(warning);
    quiet?.stuck.ask(options.connection, options.namespace ?? 'default');
    const workers = await createWorkers(config, options, { registry, findRoot });
    return {
      taskQueue: config.taskQueue,
      permissions: listServedPermissions(config, options.serves),
      run: () => runTogether(workers).finally(() => stores.forEach((each) => each.close())),
      shutdown: () => workers.forEach((worker) => worker.shutdown()),
    };
  } catch (error) {
    stores.forEach((each) => each.close());
    throw error;
  }
}

/** One worker for the orchestrations, and one for each permission: separate queues isolate them. */
async function createWorkers(
  config: LoadedConfig,
  options: WorkerOptions,
  { registry, findRoot }: { readonly registry: Registry; readonly findRoot: FindRoot },
): Promise<readonly Worker[]> {
  const common = {
    connection: options.connection,
    namespace: options.namespace ?? 'default',
    interceptors: { activity: [createRunGuard(findRoot)] },
    maxConcurrentActivityTaskExecutions: config.activitySlots,
    // Progress of an activity becomes visible with its next heartbeat.
    maxHeartbeatThrottleInterval: HEARTBEAT_EVERY_MS,
    ...buildVersioningOptions(options.deployment),
  };
  const workers: Worker[] = [];
  if (options.serves?.orchestrations ?? true) {
    const logger = options.logger ?? new DefaultLogger('WARN');
    workers.push(
      await Worker.create({
        ...common,
        taskQueue: config.taskQueue,
        workflowBundle: options.bundle ?? (await bundleWorkflows(config.workflowsFile, logger)),
        activities: createActivities(registry),
      }),
    );
  }
  for (const permission of listServedPermissions(config, options.serves)) {
    workers.push(
      await Worker.create({
        ...common,
        taskQueue: toPermissionQueue(config.taskQueue, permission),
        activities: { callTool: createCallTool(registry, permission) },
      }),
    );
  }
  return workers;
}

/** The requested permissions that tools need. */
function listServedPermissions(config: LoadedConfig, serves: Serves = EVERYTHING): readonly string[] {
  const known = listToolPermissions(config);
  if (serves.permissions === 'all') return known;
  const unknown = serves.permissions.find((permission) => !known.includes(permission));
  if (unknown === undefined) return serves.permissions;
  throw createConfigError(
    `No tool needs the permission ${unknown}. ${known.length === 0 ? 'No tool needs any.' : `Tools need: ${known.join(', ')}.${describeNearest(unknown, known)}`}`,
    { permission: unknown, known },
  );
}

/** A worker without a deployment is unversioned: it takes every run on its queue. */
function buildVersioningOptions(
  deployment: WorkerOptions['deployment'],
): Pick<TemporalWorkerOptions, 'workerDeploymentOptions'> {
  if (deployment === undefined) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName: deployment.name, buildId: deployment.buildId },
      defaultVersioningBehavior: 'PINNED',
    },
  };
}
