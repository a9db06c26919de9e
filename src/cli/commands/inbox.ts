/** `baton inbox`: what waits for a person, over all runs. */
import { z } from 'zod';
import { readInbox } from '../../client/inbox.js';
import { BatonError } from '../../contracts/errors.js';
import { defineCommand } from '../command.js';
import { currentUser } from '../decision.js';
import { inboxPage } from '../inbox-page.js';
import { onInterruption } from '../interruption.js';
import type { Session } from '../session.js';
import { stepThrough } from '../step-through.js';
import { watchInbox } from '../watch-inbox.js';

const Options = z
  .object({
    watch: z.boolean().default(false),
    decide: z.boolean().default(false),
    by: z.string().min(1).optional(),
  })
  .refine(({ watch, decide }) => !(watch && decide), {
    path: ['decide'],
    message: 'does not go with --watch',
  });

export const inboxCommand = defineCommand({
  name: 'inbox',
  summary: 'list what waits for a person, over all runs; needs no worker',
  options: [
    { flags: '--watch', about: 'until Ctrl-C, as it changes; with --json one document a line' },
    { flags: '--decide', about: 'choose and decide here, one request after another' },
    { flags: '--by <name>', about: 'with --decide: who decides (default: this user; a claim, not a proof)' },
  ],
  documents: ['inbox'],
  schema: Options,
  examples: ['baton inbox', 'baton inbox --decide', 'baton inbox --watch --json'],
  run: (session, _args, { watch, decide, by }) => {
    if (watch) return interruptibly((signal) => follow(session, signal));
    if (decide) return interruptibly((signal) => step(session, by, signal));
    return list(session);
  },
});

async function list(session: Session): Promise<number> {
  const { screen } = session;
  const inbox = await readInbox(await session.client());
  screen.document('inbox', inbox);
  screen.print(...inboxPage(inbox, { width: screen.tableWidth, palette: screen.palette, now: Date.now() }));
  return 0;
}

/** It has no end of its own, so that Ctrl-C is no failure. */
async function follow(session: Session, signal: AbortSignal): Promise<number> {
  await watchInbox(await session.client(), session.screen, signal);
  return 0;
}

async function step(session: Session, by: string | undefined, signal: AbortSignal): Promise<number> {
  const { screen } = session;
  if (screen.json || !screen.isLive || process.stdin.isTTY !== true) {
    throw new BatonError(
      'BAD_USAGE',
      '--decide asks at a terminal. Elsewhere: baton approve REQUEST, and the like.',
    );
  }
  return stepThrough(await session.client(), screen, { by: by ?? currentUser(), signal });
}

async function interruptibly(act: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interruption = onInterruption();
  try {
    return await act(interruption.signal);
  } finally {
    interruption.dispose();
  }
}
