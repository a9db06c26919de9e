/** `baton start`: starts a run, and waits for its result if asked. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { findSigningKey } from '../../client/key-file.js';
import { pollsQueue } from '../../client/pollers.js';
import { freshId, startRun, type RunRef } from '../../client/runs.js';
import type { Story } from '../../client/story.js';
import { BatonError, ERRORS, isErrorCode } from '../../contracts/errors.js';
import type { Json } from '../../contracts/json.js';
import { signRequester } from '../../contracts/proof/requester.js';
import { DEFAULT_TASK_QUEUE } from '../../contracts/wire.js';
import { defineCommand, required } from '../command.js';
import { commandName } from '../command-name.js';
import { eventLine, progressLine } from '../event-line.js';
import { followRun } from '../follow-run.js';
import { readJson } from '../input-json.js';
import { INTERRUPTED, onInterruption } from '../interruption.js';
import { howToDecide, requestCard } from '../request-card.js';
import type { Session } from '../session.js';
import { SignerOptions, signerOptions } from '../signer-options.js';
import { LONGEST_RESULT, resultLines } from '../result-lines.js';
import { heldText, waitingForWorkerText } from '../story-page.js';
import { runPage } from '../web-ui.js';
import { printable } from '../printable.js';

const Options = z.object({
  input: z.string().optional(),
  id: z.string().min(1).max(200).optional(),
  wait: z.boolean().default(false),
  taskQueue: z.string().min(1).default(DEFAULT_TASK_QUEUE),
  ...SignerOptions.shape,
});

/** How long `--wait` waits for a worker to appear. */
const WORKER_WITHIN_MS = 10_000;

export const startCommand = defineCommand({
  name: 'start',
  documents: ['start'],
  args: [
    { name: '[workflow]', about: 'the workflow type: the name under which the orchestration is exported' },
  ],
  summary: 'start a run',
  options: [
    { flags: '--input <json>', about: 'its input: JSON, @file, or - for standard input (required)' },
    { flags: '--id <id>', about: "the run's id (default: the workflow's name and some hex digits)" },
    { flags: '--wait', about: 'wait for the result, and print it' },
    { flags: '--task-queue <name>', about: `whose workers take it (default: ${DEFAULT_TASK_QUEUE})` },
    ...signerOptions('who asks for the run, proven by a signature'),
  ],
  schema: Options,
  examples: [
    `baton start hello --input '"What is durable execution?"' --wait`,
    'baton start supportDesk --input @ticket.json --id ticket-4711 --as cat@example.com',
    `echo '{"steps": 3}' | baton start chain --input - --json`,
  ],
  run: async (session, args, options) => {
    const workflow = required(args, 0, 'The workflow');
    if (options.input === undefined) {
      throw new BatonError(
        'BAD_USAGE',
        'The input is missing: --input JSON, @file or -. One that takes none gets --input null.',
        { workflow },
      );
    }
    const input = await readJson(options.input, '--input');
    const client = await session.client();
    const { taskQueue } = options;
    const id = options.id ?? freshId(workflow);
    const ref = await startRun(client, workflow, input, { taskQueue, id, ...signedBy(options, id, input) });
    return options.wait ? wait(session, client, ref, taskQueue) : leave(session, client, ref, taskQueue);
  },
});

/** The run must have started by then. */
const STARTS_WITHIN_MS = 10 * 60_000;

/** Who asks for the run, where that is to be proven. */
function signedBy(
  { as: subject, key: file }: z.infer<typeof Options>,
  workflowId: string,
  input: Json,
): { readonly requester?: string } {
  if (subject === undefined && file === undefined) return {};
  const now = Date.now();
  const signer = findSigningKey({ file, subject });
  return {
    requester: signRequester({ workflowId, input }, { ...signer, now, expires: now + STARTS_WITHIN_MS }),
  };
}

async function leave(session: Session, client: Client, ref: RunRef, taskQueue: string): Promise<void> {
  const { screen } = session;
  const { palette } = screen;
  const worker = await pollsQueue(client, taskQueue);
  const webUi = runPage(await session.server(), ref);
  screen.print(
    `${palette.good('✓')} Started ${palette.strong(ref.workflowId)}`,
    ...(webUi === undefined ? [] : [`  ${palette.quiet(webUi)}`]),
    `  ${palette.quiet('$')} ${commandName()} show ${ref.workflowId} --watch`,
  );
  if (!worker)
    screen.note(
      screen.notePalette.wait(
        `  No worker polls the task queue ${taskQueue} yet; the run begins when one does.`,
      ),
    );
  screen.document('start', {
    ...ref,
    status: 'running',
    taskQueue,
    worker,
    ...(webUi === undefined ? {} : { webUi }),
  });
}

async function wait(session: Session, client: Client, ref: RunRef, taskQueue: string): Promise<number> {
  const { screen } = session;
  const { notePalette: palette, width } = screen;
  const interruption = onInterruption();
  const arrival = new WorkerArrival(client, ref, taskQueue);
  screen.note(`${palette.name('●')} ${palette.strong(ref.workflowId)}`);
  try {
    const story = await followRun(client, ref.workflowId, interruption.signal, {
      look: () => arrival.check(),
      events: (events) => {
        if (screen.isLive || !screen.json)
          screen.note(...events.map((event) => eventLine(event, { palette, width })));
      },
      progress: (texts) => {
        if (screen.isLive || !screen.json)
          screen.note(...texts.map((text) => progressLine(text, { palette, width })));
      },
      request: (request) => {
        screen.note(
          '',
          ...requestCard(request, { palette, width }),
          ...howToDecide(request, commandName()).map((line) => `  ${palette.quiet('$')} ${line}`),
          '',
        );
      },
      held: (held) => {
        screen.note(`${palette.bad('!')} ${heldText(printable(held))}`);
      },
      stalled: (since, { source }) => {
        if (arrival.arrived) screen.note(palette.wait(`! ${waitingForWorkerText(since, source)}`));
      },
    });
    return report(session, ref, story);
  } finally {
    interruption.dispose();
  }
}

/** A run that nobody takes up within a while is left to itself. */
class WorkerArrival {
  private readonly deadline = Date.now() + WORKER_WITHIN_MS;
  arrived = false;
  private readonly client: Client;
  private readonly ref: RunRef;
  private readonly taskQueue: string;

  constructor(client: Client, ref: RunRef, taskQueue: string) {
    this.client = client;
    this.ref = ref;
    this.taskQueue = taskQueue;
  }

  async check(): Promise<void> {
    if (this.arrived) return;
    this.arrived = await pollsQueue(this.client, this.taskQueue);
    if (this.arrived || Date.now() < this.deadline) return;
    throw new BatonError(
      'NO_WORKER',
      `No worker polls the task queue ${this.taskQueue}. Run ${this.ref.workflowId} stays and begins when one does: start one with \`baton dev\` or \`baton worker\`, then \`baton show ${this.ref.workflowId} --watch\`.`,
      { ...this.ref, taskQueue: this.taskQueue },
    );
  }
}

function report({ screen }: Session, ref: RunRef, story: Story): number {
  const { width, palette } = screen;
  if (story.endedAt === undefined) {
    screen.note(`The run goes on. ${commandName()} show ${ref.workflowId} --watch`);
    screen.document('start', { ...ref, status: story.state });
    return INTERRUPTED;
  }
  if (story.failure === undefined) {
    screen.print(
      ...(screen.printsToTerminal
        ? resultLines(printable(story.result ?? null), {
            width: Math.min(width, 100),
            palette,
            longest: LONGEST_RESULT,
          })
        : [plainResult(story)]),
    );
    screen.document('start', { ...ref, status: 'completed', result: story.result ?? null });
    return 0;
  }
  const { code, message } = story.failure;
  screen.note(
    `${screen.notePalette.bad('✗')} ${printable(message)}${code ? screen.notePalette.quiet(`  [${code}]`) : ''}`,
  );
  screen.document('start', {
    ...ref,
    status: 'failed',
    error: { code: code ?? 'UNEXPECTED', message, facts: { workflowId: ref.workflowId } },
  });
  return isErrorCode(code) ? ERRORS[code].exitCode : 1;
}

function plainResult({ result }: Story): string {
  return typeof result === 'string' ? result : JSON.stringify(result ?? null, null, 2);
}
