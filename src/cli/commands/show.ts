/** `baton show`: the story of a run. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { readStory, type Story } from '../../client/story.js';
import { defineCommand, required } from '../command.js';
import { eventLine } from '../event-line.js';
import { followRun } from '../follow-run.js';
import { onInterruption } from '../interruption.js';
import type { Server, Session } from '../session.js';
import { storyPage } from '../story-page.js';
import { runPage } from '../web-ui.js';

export const showCommand = defineCommand({
  name: 'show',
  documents: ['show'],
  args: [{ name: '[run]', about: 'the id of the run' }],
  summary: 'tell the story of a run; without a worker, from its history',
  options: [{ flags: '--watch', about: 'until the run ends' }],
  schema: z.object({ watch: z.boolean().default(false) }),
  examples: [
    'baton show hello-1a2b3c4d',
    'baton show hello-1a2b3c4d --watch',
    'baton show hello-1a2b3c4d --json',
  ],
  run: async (session, args, { watch }) => {
    const workflowId = required(args, 0, 'The id of the run');
    const [server, client] = [await session.server(), await session.client()];
    const story = watch
      ? await watchRun(session, server, client, workflowId)
      : await readStory(client, workflowId);
    const { screen } = session;
    screen.print(...pageOf(session, server, story, screen.palette));
    const webUi = runPage(server, story);
    screen.document('show', { ...story, ...(webUi === undefined ? {} : { webUi }) });
  },
});

async function watchRun(
  session: Session,
  server: Server,
  client: Client,
  workflowId: string,
): Promise<Story> {
  const { screen } = session;
  const interruption = onInterruption();
  let frame = 0;
  try {
    return await followRun(
      client,
      workflowId,
      interruption.signal,
      screen.isLive
        ? {
            look: (story) => {
              frame += 1;
              screen.draw(pageOf(session, server, story, screen.notePalette, frame));
            },
          }
        : {
            events: (events) => {
              screen.note(
                ...events.map((event) =>
                  eventLine(event, { palette: screen.notePalette, width: screen.width }),
                ),
              );
            },
          },
    );
  } finally {
    screen.settle('remove');
    interruption.dispose();
  }
}

function pageOf(
  { screen }: Session,
  server: Server,
  story: Story,
  palette: Session['screen']['palette'],
  frame = 0,
): string[] {
  return storyPage(story, {
    width: screen.width,
    palette,
    details: true,
    now: Date.now(),
    frame,
    webUi: runPage(server, story),
  });
}
