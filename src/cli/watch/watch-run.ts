/**
 * Follows a run until it ends: as a tree that is redrawn on a terminal, as lines elsewhere, as one document a
 * line with --json.
 */
import type { Screen } from '../terminal/screen.js';
import { buildRunPageUrl, type Server } from '../session/session.js';
import type { Story } from '../../schemas/documents/story.js';
import { defined } from '../../contracts/data/defined.js';
import type { Client } from '@temporalio/client';
import { readCommandName } from '../terminal/command-name.js';
import { formatEvent, formatProgress } from '../pages/event-line.js';
import { followRun } from './follow-run.js';
import { escapeText } from '../terminal/escape-text.js';
import { renderLivePage } from '../pages/live-page.js';
import { describeDeciding, renderRequestCard } from '../pages/request-card.js';
import { describeRetry, describeStuck, describeWaitingForWorker } from '../../client/text/health-text.js';

const FRAME_EVERY_MS = 120;

export interface Watching {
  readonly client: Client;
  readonly server: Server;
  readonly workflowId: string;
  readonly signal: AbortSignal;
}

/** Resolves with the last story when the run has ended, or when the signal aborts. */
export function watchRun(screen: Screen, watching: Watching): Promise<Story> {
  if (screen.json) return streamDocuments(screen, watching);
  return screen.isLive && screen.printsToTerminal ? drawLive(screen, watching) : tellLines(screen, watching);
}

function streamDocuments(screen: Screen, { client, server, workflowId, signal }: Watching): Promise<Story> {
  let last = '';
  return followRun(client, workflowId, signal, {
    look: (story) => {
      const webUi = buildRunPageUrl(server, story);
      const text = JSON.stringify(story);
      if (text !== last) screen.documentLine('show', { ...story, ...defined({ webUi }) });
      last = text;
    },
  });
}

async function drawLive(screen: Screen, { client, server, workflowId, signal }: Watching): Promise<Story> {
  let seen: Story | undefined;
  let frame = 0;
  const draw = (): void => {
    if (seen === undefined) return;
    frame += 1;
    const style = {
      width: screen.width - 2,
      palette: screen.notePalette,
      details: false,
      now: Date.now(),
      frame,
    };
    screen.draw(renderLivePage(seen, { ...style, webUi: buildRunPageUrl(server, seen) }));
  };
  const ticker = setInterval(draw, FRAME_EVERY_MS);
  try {
    return await followRun(client, workflowId, signal, {
      look: (story) => {
        seen = story;
        draw();
      },
    });
  } finally {
    clearInterval(ticker);
    screen.settle(signal.aborted ? 'keep' : 'remove');
  }
}

function tellLines(screen: Screen, { client, workflowId, signal }: Watching): Promise<Story> {
  const { palette, lineWidth: width } = screen;
  return followRun(client, workflowId, signal, {
    events: (events) => screen.print(...events.map((event) => formatEvent(event, { palette, width }))),
    progress: (texts) => screen.print(...texts.map((text) => formatProgress(text, { palette, width }))),
    request: (request) =>
      screen.print(
        '',
        ...renderRequestCard(request, screen.style),
        ...describeDeciding(request, readCommandName()).map((line) => `  $ ${line}`),
        '',
      ),
    held: (held) => screen.print(`! ${describeStuck(escapeText(held))}`),
    retrying: (retry) => screen.print(`! ${describeRetry(escapeText(retry))}`),
    stalled: (since, story) => screen.print(`! ${describeWaitingForWorker(since, escapeText(story))}`),
  });
}
