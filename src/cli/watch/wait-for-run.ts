/** Waits for a run that was just started, prints its events, and prints its result. */
import { nameCommand } from '../../project/command-name.js';
import type { Story } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { createNoWorkerError } from '../../client/runs/no-worker.js';
import { pollsQueue } from '../../client/runs/pollers.js';
import type { RunRef } from '../../client/runs/runs.js';
import { readExitCode, formatFailure } from '../session/failure.js';
import { formatValue } from '../terminal/text-width.js';
import { readCommandName } from '../terminal/command-name.js';
import { formatEvent, formatProgress } from '../pages/event-line.js';
import { listKnownWorkflows } from './known-workflows.js';
import { followRun } from './follow-run.js';
import { INTERRUPTED, runInterruptibly } from '../terminal/interruption.js';
import { escapeText } from '../terminal/escape-text.js';
import { describeDeciding, renderRequestCard } from '../pages/request-card.js';
import { LONGEST_RESULT, formatResult } from '../pages/result-lines.js';
import type { Session } from '../session/session.js';
import { describeRetry, describeStuck, describeWaitingForWorker } from '../../client/text/health-text.js';

/** How long to wait for a worker. */
const WORKER_WITHIN_MS = 10_000;

/** Returns the exit code of the run's outcome, or of an interruption, which leaves the run unchanged. */
export async function waitForRun(
  session: Session,
  client: Client,
  ref: RunRef,
  taskQueue: string,
): Promise<number> {
  const { screen } = session;
  const { noteStyle: style, notePalette: palette } = screen;
  const tell = (lines: readonly string[]): void => {
    if (screen.isLive || !screen.json) screen.note(...lines);
  };
  const tellKnown = async (): Promise<void> => {
    const { type: workflow } = await client.workflow.getHandle(ref.workflowId).describe();
    const known = await listKnownWorkflows(client, { workflow, taskQueue });
    if (known !== '') screen.note(`  ${known}`);
  };
  const arrival = watchForWorker(client, ref, taskQueue);
  screen.note(`${palette.name('●')} ${palette.strong(ref.workflowId)}`);
  return runInterruptibly(async (signal) => {
    const story = await followRun(client, ref.workflowId, signal, {
      look: () => arrival.check(),
      events: (events) => tell(events.map((event) => formatEvent(event, style))),
      progress: (texts) => tell(texts.map((text) => formatProgress(text, style))),
      request: (request) => {
        screen.note(
          '',
          ...renderRequestCard(request, style),
          ...describeDeciding(request, readCommandName()).map((line) => `  ${palette.quiet('$')} ${line}`),
          '',
        );
      },
      held: (held) => {
        screen.note(
          `${palette.bad('!')} ${describeStuck(escapeText(held))}`,
          `  End it: ${nameCommand(`cancel ${ref.workflowId}`)}`,
        );
        if (held.code === 'UNKNOWN_WORKFLOW') tellKnown().catch(() => {});
      },
      retrying: (retry) => {
        screen.note(palette.wait(`! ${describeRetry(escapeText(retry))}`));
      },
      stalled: (since, story) => {
        if (arrival.arrived)
          screen.note(palette.wait(`! ${describeWaitingForWorker(since, escapeText(story))}`));
      },
    });
    return reportStory(session, ref, story);
  });
}

/** Stops waiting for a run that no worker takes in time; the run stays. */
function watchForWorker(client: Client, ref: RunRef, taskQueue: string) {
  const deadline = Date.now() + WORKER_WITHIN_MS;
  const arrival = { arrived: false, check };
  return arrival;

  async function check(): Promise<void> {
    arrival.arrived ||= await pollsQueue(client, taskQueue);
    if (arrival.arrived || Date.now() < deadline) return;
    throw createNoWorkerError({
      workflowId: ref.workflowId,
      taskQueue,
      what: 'the run stays, and begins when one does',
      or: 'give the queue of a worker with --task-queue',
      after: `Then ${nameCommand(`show ${ref.workflowId} --watch`)}.`,
      facts: { runId: ref.runId },
    });
  }
}

function reportStory({ screen }: Session, ref: RunRef, story: Story): number {
  const { width, palette } = screen;
  if (story.endedAt === undefined) {
    screen.note(`The run continues. ${readCommandName()} show ${ref.workflowId} --watch`);
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
        : [formatValue(story.result ?? null)]),
    );
    screen.document('start', { ...ref, status: 'completed', result: story.result ?? null });
    return 0;
  }
  const { code, message } = story.failure;
  screen.note(formatFailure(story.failure, screen.notePalette));
  screen.document('start', {
    ...ref,
    status: 'failed',
    error: { code: code ?? 'UNEXPECTED', message, facts: { workflowId: ref.workflowId } },
  });
  return readExitCode(code);
}
