/** `baton doctor`: checks everything that a run needs, and says how to fix what is missing. */
import { nameCommand } from '../../project/command-name.js';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CONFIG_FILES, loadConfig, type LoadedConfig } from '../../worker/load-config.js';
import { listToolPermissions } from '../../worker/permissions.js';
import { examine } from '../../engine/index.js';
import { z } from 'zod';
import { defined } from '../../contracts/data/defined.js';
import { ERRORS } from '../../contracts/errors.js';
import type { RunListing } from '../../schemas/documents/runs.js';
import { listRuns } from '../../client/runs/list-runs.js';
import { explainQueue } from '../../client/runs/deployments.js';
import { pollsQueue } from '../../client/runs/pollers.js';
import { describeUnserved } from '../../client/runs/unserved.js';
import { describeHealth } from '../../client/text/health-text.js';
import { findTaskQueue } from '../../project/task-queue.js';
import { CONFIGURATION, defineCommand, takeFlag } from '../session/command.js';
import { DATA_DIR, type Session } from '../session/session.js';
import { describeModel } from '../serve/serve.js';
import { describeModels } from '../pages/story-page.js';
import { buildWebUi, renderWebUi } from '../pages/web-ui-views.js';
import { renderChecks, type Check } from '../pages/checks.js';

const Options = z.object({
  webUi: takeFlag('--web-ui', 'also views and columns for the Temporal Web UI: links, and a script'),
});

export const doctorCommand = defineCommand({
  name: 'doctor',
  args: [CONFIGURATION],
  summary: 'check engine, namespace, worker, store and configuration',
  options: Options,
  examples: ['baton doctor', 'baton doctor --address 127.0.0.1:7233 --json', 'baton doctor --web-ui'],
  run: async (session, [named], { webUi: isWanted }) => {
    const { config, checks } = await examineConfig(named);
    const server = await session.server();
    const found = await examine({
      ...(server.source === 'default'
        ? {}
        : { connection: { ...server.connection, address: server.address } }),
      namespace: server.namespace,
      dataDir: DATA_DIR,
      taskQueue: config?.taskQueue ?? findTaskQueue(),
      permissions: config === undefined ? [] : listToolPermissions(config),
      ...findStoreFile(config),
    });
    const reached = found.some(({ check, ok }) => check === 'search attributes' && ok);
    const taskQueue = config?.taskQueue ?? findTaskQueue();
    const deployment = reached ? await examineDeployment(session, taskQueue) : [];
    const all: Check[] = [
      ...found,
      ...checks,
      ...deployment,
      ...(reached ? await examineRuns(session, taskQueue, deployment.length === 0) : []),
    ];
    const { screen } = session;
    screen.print(...renderChecks(all, screen.style));
    const ok = all.every((check) => check.ok);
    const webUi = isWanted ? buildWebUi(server) : undefined;
    if (webUi) screen.print(...renderWebUi(webUi, screen.palette));
    screen.document('doctor', { ok, checks: all, ...defined({ webUi }) });
    if (ok) return 0;
    return toExitCode(all.filter((check) => !check.ok).map(({ check }) => check));
  },
});

function toExitCode(failed: readonly string[]): number {
  if (failed.includes('engine')) return ERRORS.ENGINE_UNREACHABLE.exitCode;
  return failed.every((check) => ['worker', 'permission', 'deployment'].includes(check))
    ? ERRORS.NO_WORKER.exitCode
    : 1;
}

async function examineConfig(named: string | undefined): Promise<{ config?: LoadedConfig; checks: Check[] }> {
  const file = named ?? CONFIG_FILES.find((name) => existsSync(resolve(name)));
  if (file === undefined) {
    const detail = `none in this folder; files can be named: ${nameCommand('dev hello.ts')}`;
    return { checks: [{ check: 'configuration', ok: true, detail }] };
  }
  try {
    const config = await loadConfig(named);
    const models = Object.values(config.models).map(describeModel);
    return {
      config,
      checks: [
        { check: 'configuration', ok: true, detail: `${file}: ${Object.keys(config.workflows).join(', ')}` },
        { check: 'models', ok: true, detail: describeModels([...new Set(models)]) },
        ...listModelChecks(config),
        ...listNoticeChecks(config),
      ],
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { checks: [{ check: 'configuration', ok: false, detail, remedy: `Correct ${file}.` }] };
  }
}

/** A worker does not start while the model of any agent is missing, even if that agent is only a fallback. */
function listModelChecks({ definitions, models }: LoadedConfig): Check[] {
  const agents = definitions.flatMap((each) => (each.kind === 'agent' ? [each] : []));
  const lacking = agents.filter(({ model }) => models[model] === undefined);
  const unasked = agents.filter(({ model }) => models[model]?.isFallback);
  const name = (some: typeof agents): string =>
    some.map((each) => `${each.name} ("${each.model}")`).join(', ');
  return [
    ...(lacking.length === 0
      ? []
      : [
          {
            check: 'models',
            ok: false,
            detail: `not configured: the models of ${name(lacking)}`,
            remedy: 'Add them to "models" of the configuration: until then no worker starts.',
          },
        ]),
    ...(unasked.length === 0
      ? []
      : [
          {
            check: 'models',
            ok: true,
            detail: `no provider is configured for ${name(unasked)}`,
            remedy: `${nameCommand('dev')} answers with offline models; ${nameCommand('worker')} needs OPENAI_API_KEY and BATON_MODEL, or BATON_OFFLINE=1.`,
          },
        ]),
  ];
}

/** Versioned workers poll but take no new run until one of their builds is the current one. */
async function examineDeployment(session: Session, taskQueue: string): Promise<Check[]> {
  const client = await session.client();
  const why = (await pollsQueue(client, taskQueue)) ? await explainQueue(client, taskQueue) : undefined;
  return why === undefined
    ? []
    : [
        {
          check: 'deployment',
          ok: false,
          detail: `no new run begins: ${why}`,
          remedy: `See ${nameCommand('deployment status')}.`,
        },
      ];
}

/** The number of open runs that are checked, newest first. */
const LOOKED_INTO = 200;
const NAMED_AT_MOST = 5;

/**
 * Lists what keeps open runs of the queue from continuing.
 *
 * @param hasBuild - whether the polling workers take new runs; if they do not, one more worker does not help.
 */
async function examineRuns(session: Session, taskQueue: string, hasBuild: boolean): Promise<Check[]> {
  const runs = await listRuns(await session.client(), { open: true, taskQueue }, LOOKED_INTO);
  const stuck = runs.filter(({ state }) => state === 'stuck');
  const retried = runs.filter((run) => run.state !== 'stuck' && (run.retries ?? []).length > 0);
  const waiting = runs.filter((run) => run.state === 'pending-worker' || run.unserved !== undefined);
  const unserved = waiting.filter((run) => hasBuild || run.unserved !== undefined);
  const withoutBuild = waiting.filter((run) => !unserved.includes(run));
  return [
    describeRuns(
      'runs',
      stuck,
      'Correct the code (or "workflows" of the configuration) and start the worker again.',
    ),
    describeRuns(
      'runs',
      retried,
      `They resume once that is fixed; ${nameCommand('cancel RUN')} gives one up.`,
    ),
    describeRuns(
      'deployment',
      withoutBuild,
      `They begin once a build is current: ${nameCommand('deployment promote NAME BUILD')}.`,
    ),
    describeRuns(
      'worker',
      unserved,
      `Start a worker for these queues: ${nameCommand('dev')} or ${nameCommand('worker')}.`,
    ),
  ].flat();
}

function describeRuns(check: string, runs: readonly RunListing[], remedy: string): Check[] {
  const told = runs.slice(0, NAMED_AT_MOST).map((run) => {
    const why = check === 'runs' ? describeHealth(run, 'history')[0] : undefined;
    return `${run.workflowId} (${run.workflow}): ${why ?? describeQueue(run)}`;
  });
  const more =
    runs.length > told.length ? [`and ${runs.length - told.length} more (${nameCommand('list')})`] : [];
  return told.length === 0 ? [] : [{ check, ok: false, detail: [...told, ...more].join('; '), remedy }];
}

function describeQueue({ taskQueue, unserved = [], waitsBecause }: RunListing): string {
  return (
    unserved.map(describeUnserved)[0] ??
    waitsBecause ??
    `no worker takes its next step from the queue ${taskQueue}`
  );
}

/** Checks only that the notices are configured; `baton notify test` sends one. */
function listNoticeChecks({ notify, inboxUrl }: LoadedConfig): Check[] {
  if (notify.length === 0) return [];
  const detail = notify.map(({ name }) => name).join(', ');
  const remedy = { remedy: 'Set "inboxUrl", or notices have no link to the request.' };
  return [{ check: 'notices', ok: true, detail, ...(inboxUrl === undefined ? remedy : {}) }];
}

function findStoreFile(config: LoadedConfig | undefined): { storeFile?: string } {
  const store = config?.store ?? 'file:.baton/store.db';
  return store.startsWith('file:') ? { storeFile: store.slice('file:'.length) } : {};
}
