/** `baton start`: starts a run, and waits for its result on request. */
import { nameCommand } from '../../project/command-name.js';
import { type Session, buildRunPageUrl } from '../session/session.js';
import { defined } from '../../contracts/data/defined.js';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { findSigningKey } from '../../client/requests/key-file.js';
import { findStuckAtOnce } from '../../client/runs/stuck.js';
import { pollsQueue } from '../../client/runs/pollers.js';
import { createRunId, startRun, type RunRef, type StartOptions } from '../../client/runs/runs.js';
import { createUsageError } from '../../contracts/errors.js';
import { signRequester } from '../../contracts/proof/requester.js';
import { findProjectQueue } from '../../worker/project-queue.js';
import {
  defineCommand,
  requireArgument,
  takeTaskQueue,
  takeFlag,
  takeId,
  takeText,
} from '../session/command.js';
import { readCommandName } from '../terminal/command-name.js';
import { readJson } from '../input/input-json.js';
import { escapeText } from '../terminal/escape-text.js';
import { describeStuck } from '../../client/text/health-text.js';
import { listSignerOptions } from '../decisions/decision-command.js';
import { listKnownWorkflows } from '../watch/known-workflows.js';
import { waitForRun } from '../watch/wait-for-run.js';

const Options = z.object({
  input: takeText('--input <json>', 'its input: JSON, @file, or - for standard input (required)'),
  id: takeId('--id <id>', "the run's id (default: the workflow's name and some hex digits)"),
  wait: takeFlag('--wait', 'wait for the result, and print it'),
  taskQueue: takeTaskQueue('whose workers take it'),
  ...listSignerOptions('who asks for the run, proven by a signature'),
});

export const startCommand = defineCommand({
  name: 'start',
  args: [
    { name: '[workflow]', about: 'the workflow type: the name under which the orchestration is exported' },
  ],
  summary: 'start a run',
  options: Options,
  examples: [
    `baton start hello --input '"What is durable execution?"' --wait`,
    'baton start supportDesk --input @ticket.json --id ticket-4711 --as cat@example.com',
    `echo '{"steps": 3}' | baton start chain --input - --json`,
  ],
  run: async (session, args, options) => {
    const workflow = requireArgument(args, 0, 'The workflow');
    if (options.input === undefined) {
      throw createUsageError(
        'The input is missing: --input JSON, @file or -. One that takes none gets --input null.',
        { workflow },
      );
    }
    const input = await readJson(options.input, '--input');
    const client = await session.client();
    const taskQueue = options.taskQueue ?? (await findProjectQueue());
    const id = options.id ?? createRunId(workflow);
    const ref = await startRun(client, workflow, input, { taskQueue, id, ...signStart(options) });
    return options.wait
      ? waitForRun(session, client, ref, taskQueue)
      : leave(session, client, ref, { workflow, taskQueue });
  },
});

/** The requester token must arrive within this time. */
const COMES_IN_WITHIN_MS = 10 * 60_000;

/** Signs who starts the run, where the identity must be proven. */
function signStart({ as: subject, key: file }: z.infer<typeof Options>): Pick<StartOptions, 'requester'> {
  if (subject === undefined && file === undefined) return {};
  const signer = findSigningKey({ file, subject });
  return {
    requester: (run) => {
      const now = Date.now();
      return signRequester(run, { ...signer, now, expires: now + COMES_IN_WITHIN_MS });
    },
  };
}

async function leave(
  session: Session,
  client: Client,
  ref: RunRef,
  { workflow, taskQueue }: { readonly workflow: string; readonly taskQueue: string },
): Promise<void> {
  const { screen } = session;
  const { palette } = screen;
  const worker = await pollsQueue(client, taskQueue);
  const held = worker ? await findStuckAtOnce(client, ref.workflowId) : undefined;
  const known =
    held?.code === 'UNKNOWN_WORKFLOW' ? await listKnownWorkflows(client, { workflow, taskQueue }) : '';
  const webUi = buildRunPageUrl(await session.server(), ref);
  screen.print(
    `${palette.good('✓')} Started ${palette.strong(ref.workflowId)}`,
    ...(webUi === undefined ? [] : [`  ${palette.quiet(webUi)}`]),
    `  ${palette.quiet('$')} ${readCommandName()} show ${ref.workflowId} --watch`,
  );
  if (!worker)
    screen.note(
      screen.notePalette.wait(
        `  No worker polls the task queue ${taskQueue} yet; the run begins when one does: start one with ${nameCommand('worker')} (or ${nameCommand('dev')}), or give the queue of one with --task-queue.`,
      ),
    );
  if (held)
    screen.note(
      `  ${screen.notePalette.bad('!')} ${describeStuck(escapeText(held))}${known === '' ? '' : `. ${known}`}`,
      `  End it: ${nameCommand(`cancel ${ref.workflowId}`)}`,
    );
  screen.document('start', {
    ...ref,
    status: 'running',
    taskQueue,
    worker,
    ...defined({ held: held && known ? { ...held, message: `${held.message}. ${known}` } : held, webUi }),
  });
}
