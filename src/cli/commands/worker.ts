/** `baton worker`: runs a worker for a server that is already running. */
import { z } from 'zod';
import { loadConfig } from '../../worker/load-config.js';
import { CONFIGURATION, defineCommand, take, takeFlag, takeName } from '../session/command.js';
import { openRuntimeLogs } from '../serve/serve.js';
import { serveUntilInterrupted } from '../serve/serve-until-interrupted.js';

export const workerCommand = defineCommand({
  name: 'worker',
  documents: ['serving'],
  args: [CONFIGURATION],
  summary: 'start a worker on a server that runs already',
  options: z
    .object({
      deployment: takeName(
        '--deployment <name>',
        'makes a versioned worker of this deployment: its runs stay with its build',
      ),
      buildId: takeName('--build-id <id>', 'the build of the deployment, e.g. a commit'),
      permission: take(
        '--permission <names>',
        'carry out only the tools that need these permissions, with commas between them',
        z
          .string()
          .transform((names) => names.split(',').flatMap((name) => name.trim() || []))
          .refine((names) => names.length > 0, 'names no permission')
          .optional(),
      ),
      withoutPermissions: takeFlag(
        '--without-permissions',
        'leave tools that need a permission to other workers',
      ),
    })
    .refine(({ deployment, buildId }) => (deployment === undefined) === (buildId === undefined), {
      path: ['deployment'],
      message: 'a versioned worker needs both --deployment and --build-id',
    })
    .refine(({ permission, withoutPermissions }) => permission === undefined || !withoutPermissions, {
      path: ['permission'],
      message: 'either --permission or --without-permissions',
    }),
  examples: [
    'baton worker',
    'baton worker hello.ts --address 127.0.0.1:7233',
    'baton worker --deployment desk --build-id 4f2c9d1',
    'baton worker --without-permissions',
    'baton worker --permission payments',
  ],
  run: async (session, [file], { deployment: name, buildId, permission, withoutPermissions }) => {
    const config = await loadConfig(file);
    const logger = openRuntimeLogs(session);
    // Connects first, so that an unreachable server gives a clear message at once.
    await session.client();
    const versioned = name !== undefined && buildId !== undefined ? { deployment: { name, buildId } } : {};
    const serves = permission
      ? { serves: { orchestrations: false, permissions: permission } }
      : withoutPermissions
        ? { serves: { orchestrations: true, permissions: [] } }
        : {};
    await serveUntilInterrupted(session, await session.server(), config, logger, { ...versioned, ...serves });
  },
});
