/** `baton dev`: engine, worker and inbox page together, until Ctrl-C. */
import { z } from 'zod';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand } from '../session/command.js';
import { readCurrentUser } from '../input/current-user.js';
import { openInboxAnywhere } from '../serve/open-inbox.js';
import { hostEngine, openRuntimeLogs } from '../serve/serve.js';
import { serveUntilInterrupted } from '../serve/serve-until-interrupted.js';

export const devCommand = defineCommand({
  name: 'dev',
  documents: ['serving'],
  args: [
    {
      name: '[file]',
      about: 'a configuration, or a file that exports orchestrations (default: baton.config.ts)',
      values: 'files',
    },
  ],
  summary: 'start engine, worker and inbox page, until Ctrl-C',
  schema: z.object({}),
  examples: ['baton dev', 'baton dev hello.ts'],
  run: async (session, [file]) => {
    const config = await loadConfig(file);
    const logger = openRuntimeLogs(session);
    const hosting = await hostEngine(session);
    try {
      const inbox = await openInboxAnywhere(session, config.inbox ?? {});
      try {
        const link = inbox.link(readCurrentUser());
        await serveUntilInterrupted(session, hosting.server, config, logger, { inbox: link });
      } finally {
        await inbox.close();
      }
    } finally {
      hosting.release();
    }
  },
});
