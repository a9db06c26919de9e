/** Waits for a run that was just started, tells what happens, and prints its result. */
import type { Story } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { pollsQueue } from '../../client/runs/pollers.js';
import type { RunRef } from '../../client/runs/runs.js';
import { BatonError, ERRORS, isErrorCode } from '../../contracts/errors.js';
import { readCommandName } from '../terminal/command-name.js';
import { formatEvent, formatProgress } from '../pages/event-line.js';
import { followRun } from './follow-run.js';
import { INTERRUPTED, listenForInterruption } from '../terminal/interruption.js';
import { escapeText } from '../terminal/escape-text.js';
import { describeDeciding, renderRequestCard } from '../pages/request-card.js';
import { LONGEST_RESULT, formatResult } from '../pages/result-lines.js';
import type { Session } from '../session/session.js';
import { describeStuck, describeWaitingForWorker } from '../pages/story-page.js';

/** How long it waits for a worker to appear. */
const WORKER_WITHIN_MS = 10_000;

/** Gives the exit code: of how the run ended, or of an interruption, which leaves the run as it is. */
export async function waitForRun(
  session: Session,
  client: Client,
  ref: RunRef,
  taskQueue: string,
): Promise<number> {
  const { screen } = session;
  const { notePalette: palette, width } = screen;
  const interruption = listenForInterruption();
  const arrival = new WorkerArrival(client, ref, taskQueue);
  screen.note(`${palette.name('●')} ${palette.strong(ref.workflowId)}`);
  try {
    const story = await followRun(client, ref.workflowId, interruption.signal, {
      look: () => arrival.check(),
      events: (events) => {
        if (screen.isLive || !screen.json)
          screen.note(...events.map((event) => formatEvent(event, { palette, width })));
      },
      progress: (texts) => {
        if (screen.isLive || !screen.json)
          screen.note(...texts.map((text) => formatProgress(text, { palette, width })));
      },
      request: (request) => {
        screen.note(
          '',
          ...renderRequestCard(request, { palette, width }),
          ...describeDeciding(request, readCommandName()).map((line) => `  ${palette.quiet('$')} ${line}`),
          '',
        );
      },
      held: (held) => {
        screen.note(`${palette.bad('!')} ${describeStuck(escapeText(held))}`);
      },
      stalled: (since, { source }) => {
        if (arrival.arrived) screen.note(palette.wait(`! ${describeWaitingForWorker(since, source)}`));
      },
    });
    return reportStory(session, ref, story);
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

function reportStory({ screen }: Session, ref: RunRef, story: Story): number {
  const { width, palette } = screen;
  if (story.endedAt === undefined) {
    screen.note(`The run goes on. ${readCommandName()} show ${ref.workflowId} --watch`);
    screen.document('start', { ...ref, status: story.state });
    return INTERRUPTED;
  }
  if (story.failure === undefined) {
    screen.print(
      ...(screen.printsToTerminal
        ? formatResult(escapeText(story.result ?? null), {
            width: Math.min(width, 100),
            palette,
            longest: LONGEST_RESULT,
          })
        : [formatPlainResult(story)]),
    );
    screen.document('start', { ...ref, status: 'completed', result: story.result ?? null });
    return 0;
  }
  const { code, message } = story.failure;
  screen.note(
    `${screen.notePalette.bad('✗')} ${escapeText(message)}${code ? screen.notePalette.quiet(`  [${code}]`) : ''}`,
  );
  screen.document('start', {
    ...ref,
    status: 'failed',
    error: { code: code ?? 'UNEXPECTED', message, facts: { workflowId: ref.workflowId } },
  });
  return isErrorCode(code) ? ERRORS[code].exitCode : 1;
}

function formatPlainResult({ result }: Story): string {
  return typeof result === 'string' ? result : JSON.stringify(result ?? null, null, 2);
}
