/** `baton cancel`: requests the cancellation of a run. */
import { cancelRun } from '../../client/runs/cancel-run.js';
import { defineCommand, NO_OPTIONS, requireArgument } from '../session/command.js';

export const cancelCommand = defineCommand({
  name: 'cancel',
  args: [{ name: '[run]', about: 'the id of the run', values: 'runs' }],
  summary: 'ask a run to end; what it has done stays done',
  options: NO_OPTIONS,
  examples: ['baton cancel hello-1a2b3c4d'],
  run: async (session, args) => {
    const workflowId = requireArgument(args, 0, 'The id of the run');
    const outcome = await cancelRun(await session.client(), workflowId);
    const { screen } = session;
    screen.print(
      outcome === 'asked'
        ? `${workflowId} is asked to end; it does when a worker takes it up.`
        : `${workflowId} has ended: no worker exports its workflow, and nothing of it had begun.`,
    );
    screen.document('cancel', { workflowId, cancelRequested: true, ended: outcome === 'ended' });
  },
});
