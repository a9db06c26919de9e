/** Serves until Ctrl-C: starts a worker, prints what it serves, and shuts it down in order. */
import type { Wire } from '../../contracts/data/wire-schema.js';
import type { ServingDocument } from '../../schemas/documents/engine.js';
import { defined } from '../../contracts/data/defined.js';
import type { Logger } from '@temporalio/worker';
import { findTaskQueue } from '../../project/task-queue.js';
import type { LoadedConfig } from '../../worker/load-config.js';
import { runInterruptibly } from '../terminal/interruption.js';
import { describeModel, serve } from './serve.js';
import type { Server, Session } from '../session/session.js';
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import type { OrchestrationDescription } from '../../contracts/definitions/orchestration.js';
import { buildExampleInput } from '../input/example-input.js';
import type { Screen } from '../terminal/screen.js';
import { SUPERVISED } from './worker-process.js';
import { describeModels } from '../pages/story-page.js';

export async function serveUntilInterrupted(
  { screen }: Session,
  server: Server,
  config: LoadedConfig,
  logger: Logger,
  options: Parameters<typeof serve>[3] = {},
): Promise<void> {
  await runInterruptibly(async (signal) => {
    // The parent is `baton dev`: it prints more about what is served, and it needs no model provider.
    const supervised = process.env[SUPERVISED] !== undefined;
    const serving = await serve(server, config, logger, { allowsFallback: supervised, ...options });
    const orchestrations = options.serves?.orchestrations ?? true;
    const { permissions } = serving;
    const served = listServed(server, config, { permissions, orchestrations });
    if (!supervised) printServed(screen, served, config);
    screen.document('serving', served);
    signal.addEventListener('abort', () => {
      if (!supervised)
        screen.note(screen.notePalette.quiet('  ending the worker (Ctrl-C again ends it at once)'));
      void serving.stop();
    });
    if (signal.aborted) void serving.stop();
    if (supervised) endWithParent(() => void serving.stop());
    try {
      await serving.ended;
    } finally {
      await serving.stop();
    }
  });
}

type Served = Wire<typeof ServingDocument>;

/**
 * The parent keeps this process's standard input open until the worker must end. If the parent is killed, the
 * input closes too.
 */
function endWithParent(stop: () => void): void {
  process.stdin.once('end', stop).resume();
}

function listServed(
  server: Server,
  config: LoadedConfig,
  {
    permissions,
    orchestrations,
  }: { readonly permissions: readonly string[]; readonly orchestrations: boolean },
): Served {
  return {
    address: server.address,
    namespace: server.namespace,
    ...defined({ webUi: server.uiUrl }),
    taskQueue: config.taskQueue,
    permissions,
    workflows: orchestrations ? Object.keys(config.workflows) : [],
    models: Object.fromEntries(
      Object.entries(orchestrations ? config.models : {}).map(([name, model]) => [
        name,
        describeModel(model),
      ]),
    ),
  };
}

/** Prints what is served, and a command that starts a run. */
export function printServed(screen: Screen, served: Served, config: LoadedConfig): void {
  const { notePalette: palette } = screen;
  const row = (name: string, text: string): string => `  ${palette.quiet(name.padEnd(12))}${text}`;
  const models = [...new Set(Object.values(served.models))];
  const workflow = Object.entries(config.workflows)[0];
  const queue = served.taskQueue === findTaskQueue() ? '' : ` --task-queue ${quoteWord(served.taskQueue)}`;
  screen.note(
    `${palette.good('●')} ${palette.strong('Baton is ready')}`,
    row('engine', `${served.address}, namespace ${served.namespace}`),
    ...(served.webUi === undefined ? [] : [row('web ui', served.webUi)]),
    ...(served.inbox === undefined ? [] : [row('inbox', served.inbox)]),
    row('task queue', served.taskQueue),
    ...(served.permissions.length === 0 ? [] : [row('permissions', served.permissions.join(', '))]),
    ...(served.workflows.length === 0
      ? [row('workflows', 'none: only tools that need these permissions')]
      : [row('workflows', served.workflows.join(', ')), row('models', describeModels(models))]),
    ...(workflow === undefined || served.workflows.length === 0
      ? []
      : [
          '',
          `  ${palette.quiet('$')} ${readCommandName()} ${formatStart(...workflow)}${queue}${workflow[1].talks ? '' : ' --wait'}`,
        ]),
    '',
    palette.quiet('  Ctrl-C ends the worker. Runs are kept and resume when it is back.'),
  );
}

function formatStart(name: string, description: OrchestrationDescription): string {
  if (description.talks) return `chat ${name}`;
  return `start ${name} --input ${quoteWord(JSON.stringify(buildExampleInput(description)))}`;
}
