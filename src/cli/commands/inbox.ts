/** `baton inbox`: what waits for a person, over all runs. */
import { z } from 'zod';
import { readInbox } from '../../client/requests/inbox.js';
import { BatonError } from '../../contracts/errors.js';
import { defineCommand } from '../session/command.js';
import { readCurrentUser } from '../input/current-user.js';
import { renderInboxPage } from '../pages/inbox-page.js';
import { listenForInterruption } from '../terminal/interruption.js';
import type { Session } from '../session/session.js';
import { SignerOptions } from '../decisions/signer-options.js';
import { stepThrough } from '../decisions/step-through.js';
import { watchInbox } from '../watch/watch-inbox.js';
import type { Decider } from '../decisions/send-decision.js';

const PORTS = 'is a port, from 0 to 65535; 0 takes a free one';

const Options = z
  .object({
    watch: z.boolean().default(false),
    decide: z.boolean().default(false),
    by: z.string().min(1).optional(),
    port: z.coerce.number(PORTS).int(PORTS).min(0, PORTS).max(65_535, PORTS).optional(),
    host: z.string().min(1).optional(),
    url: z.string().min(1).optional(),
    ...SignerOptions.shape,
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
  summary: 'list what waits for a person, over all runs, or serve it as a page; needs no worker',
  options: [
    { flags: '--watch', about: 'until Ctrl-C, as it changes; with --json one document a line' },
    { flags: '--decide', about: 'choose and decide here, one request after another' },
    { flags: '--by <name>', about: 'with --decide: who decides (default: this user; a claim, not a proof)' },
    { flags: '--port <number>', about: 'with serve: its port (default: 4466)' },
    {
      flags: '--host <address>',
      about: 'with serve: where it listens (default: 127.0.0.1, this machine only)',
    },
    {
      flags: '--url <address>',
      about: 'by which address people reach the page, through a proxy that ends TLS',
    },
    {
      flags: '--key <file>',
      about: "with --decide and serve: the key that signs; serve takes a person's own or a gateway's",
      values: 'files',
    },
    {
      flags: '--as <subject>',
      about: 'with --decide: who signs; with serve and link: whom the link lets in (default: this user)',
    },
  ],
  documents: ['inbox', 'inbox-page', 'inbox-link'],
  schema: Options,
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
      // The page takes long to load: who reads the list does without.
      const { printLink, serveInbox } = await import('../serve/serve-inbox.js');
      return action === 'serve'
        ? serveInbox(session, { ...wish, key }, subject)
        : printLink(session, subject, wish.url);
    }
    if (action !== undefined)
      throw new BatonError('BAD_USAGE', `baton inbox knows "serve" and "link", not "${action}".`, { action });
    const decider = { by, as, key };
    if (watch) return runInterruptibly((signal) => follow(session, signal));
    if (decide) return runInterruptibly((signal) => stepOnce(session, decider, signal));
    return list(session);
  },
});

async function list(session: Session): Promise<number> {
  const { screen } = session;
  const inbox = await readInbox(await session.client());
  screen.document('inbox', inbox);
  screen.print(
    ...renderInboxPage(inbox, { width: screen.tableWidth, palette: screen.palette, now: Date.now() }),
  );
  return 0;
}

/** It has no end of its own, so that Ctrl-C is no failure. */
async function follow(session: Session, signal: AbortSignal): Promise<number> {
  await watchInbox(await session.client(), session.screen, signal);
  return 0;
}

async function stepOnce(session: Session, decider: Decider, signal: AbortSignal): Promise<number> {
  const { screen } = session;
  if (screen.json || !screen.isLive || process.stdin.isTTY !== true) {
    throw new BatonError(
      'BAD_USAGE',
      '--decide asks at a terminal. Elsewhere: baton approve REQUEST, and the like.',
    );
  }
  return stepThrough(await session.client(), screen, { decider, signal });
}

async function runInterruptibly(act: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interruption = listenForInterruption();
  try {
    return await act(interruption.signal);
  } finally {
    interruption.dispose();
  }
}
