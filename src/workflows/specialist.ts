/** The workflow of an agent that is declared to have one of its own. Started by a run, never by a user. */
import { getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import { MIRROR, type MirrorSignal, type SpecialistInput, type SpecialistResult } from '../contracts/wire.js';
import { registerHandlers } from './handlers.js';
import { ended, uninterrupted } from './orchestration.js';
import { Run } from './run.js';
import { work } from './turn.js';

export async function specialist(input: SpecialistInput): Promise<SpecialistResult> {
  const { workflowId } = workflowInfo();
  const root = getExternalWorkflowHandle(input.rootWorkflowId);
  const run = new Run({
    team: undefined,
    maxSteps: 500,
    owner: input.agent,
    partOf: {
      root: input.root,
      path: input.path,
      mirror: async (pending) => {
        const signal: MirrorSignal = { workflowId, pending };
        await root.signal(MIRROR, signal);
      },
    },
  });
  registerHandlers(run);
  try {
    const result = await uninterrupted(run, () =>
      work(run, { ...input, redirectTo: () => input.redirectTo }),
    );
    const { counts, models, costs } = run.view();
    run.end('completed');
    return { result, counts, models, ...(costs ? { costs } : {}) };
  } catch (error) {
    throw ended(run, error);
  }
}
