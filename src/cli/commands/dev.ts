/** `baton dev`: runs engine, worker and inbox page together, until Ctrl-C. */
import { loadConfig } from '../../worker/load-config.js';
import { CONFIGURATION, defineCommand, NO_OPTIONS } from '../session/command.js';
import { readCurrentUser } from '../input/current-user.js';
import { openInboxAnywhere } from '../serve/open-inbox.js';
import { hostEngine } from '../serve/serve.js';
import { serveReloading } from '../serve/serve-reloading.js';

export const devCommand = defineCommand({
  name: 'dev',
  documents: ['serving'],
  args: [CONFIGURATION],
  summary: 'start engine, worker and inbox page; reload when sources change',
  options: NO_OPTIONS,
  examples: ['baton dev', 'baton dev hello.ts'],
  run: async (session, [file]) => {
    const config = await loadConfig(file);
    const hosting = await hostEngine(session);
    try {
      const inbox = await openInboxAnywhere(session, { config });
      try {
        const link = inbox.link(readCurrentUser());
        await serveReloading(session, { file, config, hosting, inbox: link });
      } finally {
        await inbox.close();
      }
    } finally {
      hosting.release();
    }
  },
});
