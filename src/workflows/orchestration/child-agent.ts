/** The workflow of an agent that is declared as a child agent. A run starts it, never a user. */
import { defined } from '../../contracts/data/defined.js';
import type { ChildAgentInput } from '../../contracts/wire/child-agent-input.js';
import { defineSignal, getExternalWorkflowHandle, log, setHandler, workflowInfo } from '@temporalio/workflow';
import { HEARD, MIRROR, type MirrorSignal, type ChildAgentResult } from '../../contracts/wire/wire.js';
import { registerHandlers } from './handlers.js';
import { endRun, runUninterrupted } from './orchestration.js';
import { hearMessage, readSaidSignal } from '../runtime/hear.js';
import { Run } from '../runtime/run.js';
import { withUsage } from '../task/child-agent-usage.js';
import { BudgetAccount } from '../runtime/budget.js';
import { runWithinRunTime } from '../runtime/deadline.js';
import { runAgent } from '../agent/agent-loop.js';

const heardSignal = defineSignal<[unknown]>(HEARD);

export async function childAgent(input: ChildAgentInput): Promise<ChildAgentResult> {
  const tell = createRootReporter(input.rootRun.workflowId);
  let acknowledged: readonly string[] | undefined;
  const learned = new Set<string>();
  const { root, rootRun, home, path, workflow, team } = input;
  const run = new Run({
    team: undefined,
    maxSteps: 500,
    owner: input.agent,
    origin: input.origin,
    ledger: BudgetAccount.ofLoan(input.loan),
    partOf: { root, rootRun, home, path, workflow, team, mirror: (pending) => tell({ pending }) },
  });
  registerHandlers(run);
  listen(run, input);
  try {
    const result = await runUninterrupted(run, () =>
      runWithinRunTime(run, () =>
        runAgent(run, {
          ...input,
          redirectTo: () => input.redirectTo,
          learned: (result) => learned.add(result),
          accepted: (items, isOver) => {
            acknowledged = items;
            if (isOver) return;
            // The run is responsible from here on, however long the work takes; the result reports it again.
            tell({ pending: run.pendingSummaries(), accepted: items }).catch((error: unknown) =>
              log.warn('The root could not be notified of the acceptance', { error }),
            );
          },
        }),
      ),
    );
    const { counts, models, costs } = run.view();
    run.end('completed');
    return {
      result,
      counts,
      models,
      ...(costs ? { costs } : {}),
      ...(learned.size > 0 ? { learned: [...learned] } : {}),
      ...(run.origin.read.length > 0 ? { read: run.origin.read } : {}),
      ...defined({ acknowledged }),
    };
  } catch (error) {
    throw endRun(run, withUsage(run, input.path, error, acknowledged));
  }
}

/** Receives the messages to its run while it asks people. */
function listen(run: Run, { heard = [], withdraws }: Pick<ChildAgentInput, 'heard' | 'withdraws'>): void {
  const unanswered = [...heard];
  run.requests.messages = { unanswered: () => unanswered, withdraw: withdraws ?? false };
  setHandler(heardSignal, (wire) => {
    const said = readSaidSignal(wire);
    if (said === undefined) return;
    unanswered.push(said);
    hearMessage(run, said);
  });
}

type Tell = (what: Omit<MirrorSignal, 'workflowId'>) => Promise<void>;

/** One after the other: concurrent signals may arrive in any order. */
function createRootReporter(rootWorkflowId: string): Tell {
  const { workflowId } = workflowInfo();
  const root = getExternalWorkflowHandle(rootWorkflowId);
  let told: Promise<void> = Promise.resolve();
  return (what) => {
    const signal: MirrorSignal = { workflowId, ...what };
    told = told.catch(() => {}).then(() => root.signal(MIRROR, signal));
    return told;
  };
}
