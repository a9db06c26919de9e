/** `baton deployment`: shows or sets the build of versioned workers that takes new runs. */
import { z } from 'zod';
import { listDeployments, setCurrentBuild, setRampingBuild } from '../../client/runs/deployments.js';
import { createUsageError } from '../../contracts/errors.js';
import type { Deployment } from '../../schemas/documents/deployment.js';
import { defineCommand, requireArgument, take } from '../session/command.js';
import { readCommandName } from '../terminal/command-name.js';
import { escapeText } from '../terminal/escape-text.js';
import type { Palette } from '../terminal/palette.js';

const ACTIONS = ['status', 'promote', 'ramp'] as const;
const PERCENT = 'is a number from 0 to 100';

export const deploymentCommand = defineCommand({
  name: 'deployment',
  args: [
    {
      name: '[action]',
      about: '"status", "promote" a build so that new runs begin with it, or "ramp" it for a share of them',
      values: ACTIONS,
    },
    { name: '[name]', about: 'the deployment, as `baton worker --deployment` names it' },
    { name: '[build]', about: 'the build, as `baton worker --build-id` names it' },
  ],
  summary: 'say which build of versioned workers begins new runs',
  options: z.object({
    percent: take(
      '--percent <number>',
      'with ramp: the share of new runs that begins with the build',
      z.coerce.number(PERCENT).min(0, PERCENT).max(100, PERCENT).optional(),
    ),
  }),
  examples: [
    'baton deployment status',
    'baton deployment promote desk 4f2c9d1',
    'baton deployment ramp desk 4f2c9d1 --percent 10',
  ],
  run: async (session, [action = 'status', ...args], { percent }) => {
    const client = await session.client();
    const name = action === 'status' ? args[0] : requireArgument(args, 0, 'The name of the deployment');
    if (action === 'promote' && name !== undefined)
      await setCurrentBuild(client, name, requireArgument(args, 1, 'The build'));
    else if (action === 'ramp' && name !== undefined) {
      if (percent === undefined) throw createUsageError('The share is missing: --percent 10, say.', { name });
      await setRampingBuild(client, name, requireArgument(args, 1, 'The build'), percent);
    } else if (action !== 'status')
      throw createUsageError(`baton deployment knows ${ACTIONS.join(', ')}, not "${action}".`, {
        action,
      });
    const deployments = await listDeployments(client, name);
    const { screen } = session;
    screen.print(...formatDeployments(escapeText(deployments), screen.palette));
    screen.document('deployment', { deployments });
  },
});

function formatDeployments(deployments: readonly Deployment[], palette: Palette): string[] {
  if (deployments.length === 0)
    return [`No deployments. Start one: ${readCommandName()} worker --deployment NAME --build-id BUILD`];
  return deployments.flatMap(({ name, current, ramping, builds }) => [
    palette.strong(name),
    current === undefined
      ? palette.bad(
          `  ! no current build: no new run begins. ${readCommandName()} deployment promote ${name} ${builds[0] ?? 'BUILD'}`,
        )
      : `  ${palette.good('✓')} new runs begin with ${current}`,
    ...(ramping ? [`  ${palette.wait('◆')} ${ramping.percent} % of them with ${ramping.build}`] : []),
    palette.quiet(`  builds: ${builds.join(', ')}`),
  ]);
}
