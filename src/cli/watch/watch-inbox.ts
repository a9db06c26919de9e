/** The inbox as it changes: drawn in place on a terminal, told line by line elsewhere, a document a line with --json. */
import type { Inbox } from '../../schemas/documents/inbox.js';
import type { Client } from '@temporalio/client';
import { readInbox } from '../../client/requests/inbox.js';
import { formatInboxLine, renderInboxPage } from '../pages/inbox-page.js';
import { pause } from '../terminal/interruption.js';
import type { Screen } from '../terminal/screen.js';

const LOOK_EVERY_MS = 1_000;

/** Comes back when the signal aborts. */
export async function watchInbox(client: Client, screen: Screen, signal: AbortSignal): Promise<void> {
  let last: Inbox | undefined;
  while (!signal.aborted) {
    const inbox = await readInbox(client);
    if (screen.json) {
      if (JSON.stringify(inbox) !== JSON.stringify(last)) screen.documentLine('inbox', inbox);
    } else if (screen.isLive) {
      screen.draw([
        ...renderInboxPage(inbox, { ...screen.noteStyle, now: Date.now() }),
        screen.notePalette.quiet('Ctrl-C ends the watching.'),
      ]);
    } else {
      tell(screen, inbox, last);
    }
    last = inbox;
    await pause(LOOK_EVERY_MS, signal);
  }
  screen.settle('keep');
}

function tell(screen: Screen, inbox: Inbox, last: Inbox | undefined): void {
  const { palette } = screen;
  const known = new Set(last?.requests.map(({ id }) => id));
  const waiting = new Set(inbox.requests.map(({ id }) => id));
  if (last === undefined && waiting.size === 0) screen.print('Nothing waits for a person.');
  screen.print(
    ...inbox.requests.filter(({ id }) => !known.has(id)).map((request) => formatInboxLine(request, palette)),
    ...[...known].filter((id) => !waiting.has(id)).map((id) => `${palette.good('✓')} ${id}  waits no longer`),
  );
}
