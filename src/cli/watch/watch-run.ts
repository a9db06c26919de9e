/**
 * Follows a run until it ends: as a tree that is drawn in place on a terminal, as lines where the output goes
 * elsewhere, as a document a line with --json.
 */
import { type Server, type Session, runPage } from '../session/session.js';
import type { Story } from '../../schemas/documents/story.js';
import { defined } from '../../contracts/data/defined.js';
import type { Client } from '@temporalio/client';
import { commandName } from '../terminal/command-name.js';
import { eventLine, progressLine } from '../pages/event-line.js';
import { followRun } from './follow-run.js';
import { escapeText } from '../terminal/escape-text.js';
import { livePage } from '../pages/live-page.js';
import { howToDecide, requestCard } from '../pages/request-card.js';
import { heldText, waitingForWorkerText } from '../pages/story-page.js';

const FRAME_EVERY_MS = 120;

export interface Watching {
  readonly server: Server;
  readonly workflowId: string;
  readonly signal: AbortSignal;
}

/** Resolves with the last story when the run has ended, or when the signal aborts. */
export function watchRun(session: Session, client: Client, watching: Watching): Promise<Story> {
  const { screen } = session;
  if (screen.json) return streamDocuments(session, client, watching);
  return screen.isLive && screen.printsToTerminal
    ? drawLive(session, client, watching)
    : tellLines(session, client, watching);
}

function streamDocuments(
  { screen }: Session,
  client: Client,
  { server, workflowId, signal }: Watching,
): Promise<Story> {
  let last = '';
  return followRun(client, workflowId, signal, {
    look: (story) => {
      const webUi = runPage(server, story);
      const text = JSON.stringify(story);
      if (text !== last) screen.documentLine('show', { ...story, ...defined({ webUi }) });
      last = text;
    },
  });
}

async function drawLive(
  { screen }: Session,
  client: Client,
  { server, workflowId, signal }: Watching,
): Promise<Story> {
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
    screen.draw(livePage(seen, { ...style, webUi: runPage(server, seen) }));
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

function tellLines({ screen }: Session, client: Client, { workflowId, signal }: Watching): Promise<Story> {
  const { palette, lineWidth: width } = screen;
  return followRun(client, workflowId, signal, {
    events: (events) => screen.print(...events.map((event) => eventLine(event, { palette, width }))),
    progress: (texts) => screen.print(...texts.map((text) => progressLine(text, { palette, width }))),
    request: (request) =>
      screen.print(
        '',
        ...requestCard(request, { palette, width: screen.width }),
        ...howToDecide(request, commandName()).map((line) => `  $ ${line}`),
        '',
      ),
    held: (held) => screen.print(`! ${heldText(escapeText(held))}`),
    stalled: (since, { source }) => screen.print(`! ${waitingForWorkerText(since, source)}`),
  });
}
