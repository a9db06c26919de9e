/** `baton worker`: a worker for a server that runs already. */
import { z } from 'zod';
import { loadConfig } from '../../worker/load-config.js';
import { defineCommand } from '../command.js';
import { runtimeLogs } from '../serving.js';
import { serveUntilInterrupted } from '../serve-until-interrupted.js';

export const workerCommand = defineCommand({
  name: 'worker',
  documents: ['serving'],
  args: [
    {
      name: '[file]',
      about: 'a configuration, or a file that exports orchestrations (default: baton.config.ts)',
      values: 'files',
    },
  ],
  summary: 'start a worker on a server that runs already',
  options: [
    {
      flags: '--deployment <name>',
      about: 'makes a versioned worker of this deployment: its runs stay with its build',
    },
    { flags: '--build-id <id>', about: 'the build of the deployment, e.g. a commit' },
  ],
  schema: z
    .object({ deployment: z.string().min(1).optional(), buildId: z.string().min(1).optional() })
    .refine(({ deployment, buildId }) => (deployment === undefined) === (buildId === undefined), {
      path: ['deployment'],
      message: 'a versioned worker needs both --deployment and --build-id',
    }),
  examples: [
    'baton worker',
    'baton worker hello.ts --address 127.0.0.1:7233',
    'baton worker --deployment desk --build-id 4f2c9d1',
  ],
  run: async (session, [file], { deployment: name, buildId }) => {
    const config = await loadConfig(file);
    const logger = runtimeLogs(session);
    // Finds out at once, and with a clear message, whether the server answers.
    await session.client();
    const versioned = name !== undefined && buildId !== undefined ? { deployment: { name, buildId } } : {};
    await serveUntilInterrupted(session, await session.server(), config, logger, versioned);
  },
});
