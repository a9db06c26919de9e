/** The workflow of an agent that is declared to have one of its own. Started by a run, never by a user. */
import { getExternalWorkflowHandle, log, workflowInfo } from '@temporalio/workflow';
import { MIRROR, type MirrorSignal, type SpecialistInput, type SpecialistResult } from '../contracts/wire.js';
import { registerHandlers } from './handlers.js';
import { ended, uninterrupted } from './orchestration.js';
import { Run } from './run.js';
import { withAccount } from './specialist-account.js';
import { work } from './turn.js';

export async function specialist(input: SpecialistInput): Promise<SpecialistResult> {
  const { workflowId } = workflowInfo();
  const root = getExternalWorkflowHandle(input.rootWorkflowId);
  // One after the other: signals that are on their way together may arrive in any order.
  let told: Promise<void> = Promise.resolve();
  const tell = (what: Omit<MirrorSignal, 'workflowId'>): Promise<void> => {
    const signal: MirrorSignal = { workflowId, ...what };
    told = told.catch(() => {}).then(() => root.signal(MIRROR, signal));
    return told;
  };
  let acknowledged: readonly string[] | undefined;
  const run = new Run({
    team: undefined,
    maxSteps: 500,
    owner: input.agent,
    partOf: {
      root: input.root,
      path: input.path,
      mirror: (pending) => tell({ pending }),
    },
  });
  registerHandlers(run);
  try {
    const result = await uninterrupted(run, () =>
      work(run, {
        ...input,
        redirectTo: () => input.redirectTo,
        accepted: (items) => {
          acknowledged = items;
          // The run is responsible from here on, however long the work takes; its result says it again.
          tell({ pending: run.pendingSummaries(), accepted: items }).catch((error: unknown) =>
            log.warn('The root could not be told that the task is taken on', { error }),
          );
        },
      }),
    );
    const { counts, models, costs } = run.view();
    run.end('completed');
    return {
      result,
      counts,
      models,
      ...(costs ? { costs } : {}),
      ...(acknowledged === undefined ? {} : { acknowledged }),
    };
  } catch (error) {
    throw ended(run, withAccount(run, input.path, error));
  }
}
