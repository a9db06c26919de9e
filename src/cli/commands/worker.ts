/** `baton worker`: a worker for a server that runs already. */
import { z } from 'zod';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand } from '../command.js';
import { runtimeLogs } from '../serving.js';
import { serveUntilInterrupted } from '../serve-until-interrupted.js';

export const workerCommand = defineCommand({
  name: 'worker',
  args: [
    {
      name: '[file]',
      about: 'a configuration, or a file that exports orchestrations (default: baton.config.ts)',
    },
  ],
  summary: 'start a worker on a server that runs already',
  schema: z.object({}),
  examples: ['baton worker', 'baton worker hello.ts --address 127.0.0.1:7233'],
  run: async (session, [file]) => {
    const config = await loadConfig(file);
    const logger = runtimeLogs(session);
    // Finds out at once, and with a clear message, whether the server answers.
    await session.client();
    await serveUntilInterrupted(session, await session.server(), config, logger);
  },
});
