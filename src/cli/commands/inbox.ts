/** `baton inbox`: lists the pending requests of all runs. */
import { nameCommand } from '../../project/command-name.js';
import { z } from 'zod';
import type { Client } from '@temporalio/client';
import { readInbox } from '../../client/requests/inbox.js';
import type { Inbox } from '../../schemas/documents/inbox.js';
import { createUsageError } from '../../contracts/errors.js';
import { defineCommand, take, takeFlag, takeId, takeName } from '../session/command.js';
import { readCurrentUser } from '../input/current-user.js';
import { formatInboxLine, renderInboxPage } from '../pages/inbox-page.js';
import { pause, runInterruptibly } from '../terminal/interruption.js';
import type { Screen } from '../terminal/screen.js';
import type { Session } from '../session/session.js';
import { stepThrough } from '../decisions/step-through.js';
import type { Decider } from '../decisions/send-decision.js';

const PORTS = 'is a port, from 0 to 65535; 0 takes a free one';

const Options = z
  .object({
    watch: takeFlag('--watch', 'until Ctrl-C, as it changes; with --json one document a line'),
    decide: takeFlag('--decide', 'choose and decide here, one request after another'),
    by: takeName('--by <name>', 'with --decide: who decides (default: this user; a claim, not a proof)'),
    port: take(
      '--port <number>',
      'with serve: its port (default: 4466)',
      z.coerce.number(PORTS).int(PORTS).min(0, PORTS).max(65_535, PORTS).optional(),
    ),
    host: takeName(
      '--host <address>',
      'with serve: where it listens (default: 127.0.0.1, this machine only)',
    ),
    url: takeName('--url <address>', 'by which address people reach the page, through a proxy that ends TLS'),
    key: takeName(
      '--key <file>',
      "with --decide and serve: the key that signs; serve takes a person's own or a gateway's",
      'files',
    ),
    as: takeId(
      '--as <subject>',
      'with --decide: who signs; with serve and link: whom the link lets in (default: this user)',
    ),
  })
  .refine(({ watch, decide }) => !(watch && decide), {
    path: ['decide'],
    message: 'does not go with --watch',
  });

export const inboxCommand = defineCommand({
  name: 'inbox',
  args: [
    {
      name: '[action]',
      about: '"serve" opens the inbox page in a browser, until Ctrl-C; "link" makes a link into it',
      values: ['serve', 'link'],
    },
  ],
  summary: 'list pending requests of all runs, or serve the inbox page; needs no worker',
  documents: ['inbox', 'inbox-page', 'inbox-link'],
  options: Options,
  examples: [
    'baton inbox',
    'baton inbox --decide',
    'baton inbox --watch --json',
    'baton inbox serve',
    'baton inbox link --as ada@example.com',
  ],
  run: async (session, [action], { watch, decide, by, as, key, ...wish }) => {
    const subject = as ?? readCurrentUser();
    if (action === 'serve' || action === 'link') {
      // Loading the page takes long, so a plain list does not load it.
      const { printLink, serveInbox } = await import('../serve/open-inbox.js');
      return action === 'serve'
        ? serveInbox(session, { ...wish, key }, subject)
        : printLink(session, subject, wish.url);
    }
    if (action !== undefined)
      throw createUsageError(`baton inbox knows "serve" and "link", not "${action}".`, { action });
    const decider = { by, as, key };
    if (watch)
      return runInterruptibly(async (signal) => watchInbox(await session.client(), session.screen, signal));
    if (decide) return runInterruptibly((signal) => stepOnce(session, decider, signal));
    return list(session);
  },
});

async function list(session: Session): Promise<number> {
  const { screen } = session;
  const inbox = await readInbox(await session.client());
  screen.document('inbox', inbox);
  screen.print(...renderInboxPage(inbox, { ...screen.tableStyle, now: Date.now() }));
  return 0;
}

async function stepOnce(session: Session, decider: Decider, signal: AbortSignal): Promise<number> {
  const { screen } = session;
  if (screen.json || !screen.isLive || process.stdin.isTTY !== true) {
    throw createUsageError(
      `--decide asks at a terminal. Elsewhere: ${nameCommand('approve REQUEST')}, and the like.`,
    );
  }
  return stepThrough(await session.client(), screen, { decider, signal });
}

const LOOK_EVERY_MS = 1_000;

/**
 * Shows the inbox as it changes: redrawn in place on a terminal, one line for each change elsewhere, one
 * document a line with --json. Returns when the signal aborts. The command has no other end, so Ctrl-C is not
 * a failure.
 */
async function watchInbox(client: Client, screen: Screen, signal: AbortSignal): Promise<number> {
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
  return 0;
}

function tell(screen: Screen, inbox: Inbox, last: Inbox | undefined): void {
  const { palette } = screen;
  const known = new Set(last?.requests.map(({ id }) => id));
  const waiting = new Set(inbox.requests.map(({ id }) => id));
  if (last === undefined && waiting.size === 0) screen.print('No pending requests.');
  screen.print(
    ...inbox.requests.filter(({ id }) => !known.has(id)).map((request) => formatInboxLine(request, palette)),
    ...[...known].filter((id) => !waiting.has(id)).map((id) => `${palette.good('✓')} ${id}  waits no longer`),
  );
}
