/** Where a run stands, as it says itself and as its memo keeps it. */
import { z } from 'zod';
import { Subtask, type PlanView as PlanViewType } from '../../contracts/handoff/plan.js';
import type { ActiveStep as ActiveStepType, RunView as RunViewType } from '../../contracts/wire/timeline.js';
import type { RunMemo as RunMemoType } from '../../contracts/wire/wire.js';
import { mirrorOf } from '../parts/mirror.js';
import { Cost, Count } from '../parts/parts.js';
import { RequestSummary } from './approval.js';

export const ActiveStep = mirrorOf<ActiveStepType>()(
  z
    .object({
      path: z.string().describe('Where in the run.'),
      agent: z.string().describe('Who is at work.'),
      doing: z.string().describe('On what, in a few words.'),
    })
    .meta({ id: 'ActiveStep', description: 'Someone at work on a part of the run, without owning it.' }),
);

export const PlannedSubtask = mirrorOf<PlanViewType['subtasks'][number]>()(
  z
    .object({
      ...Subtask.shape,
      state: z
        .enum(['waiting', 'working', 'done', 'failed', 'skipped', 'replaced'])
        .describe('How far it has come.'),
      why: z.string().optional().describe('Why it failed, was skipped or replaced.'),
    })
    .meta({ id: 'PlannedSubtask', description: 'A part of a plan, with how far it has come.' }),
);

export const PlanView = mirrorOf<PlanViewType>()(
  z
    .object({
      goal: z.string().describe('What the plan is to reach.'),
      subtasks: z.array(PlannedSubtask).describe('Its subtasks, each with how far it has come.'),
    })
    .meta({ id: 'PlanView', description: 'A plan that is being carried out.' }),
);

export const RunState = z
  .enum(['running', 'waiting', 'completed', 'failed'])
  .meta({ id: 'RunState', description: 'Where a run stands. `waiting`: for a person.' });

export const Counts = mirrorOf<RunViewType['counts']>()(
  z
    .object({
      modelCalls: Count.describe('Answers of models.'),
      toolCalls: Count.describe('Calls of tools.'),
      handoffs: Count.describe('How often control moved for good.'),
      inputTokens: Count.describe('Tokens that models read.'),
      outputTokens: Count.describe('Tokens that models wrote.'),
    })
    .meta({ id: 'Counts', description: 'What a run has used so far.' }),
);

export const Costs = z
  .array(Cost)
  .meta({ id: 'Costs', description: 'One sum for each version of the price table.' });

export const Steps = mirrorOf<RunViewType['steps']>()(
  z
    .object({
      used: Count.describe('Steps taken.'),
      budget: Count.describe('Steps that may be taken.'),
    })
    .meta({ id: 'Steps', description: "The orchestration's budget of steps." }),
);

export const RunView = mirrorOf<RunViewType>()(
  z
    .object({
      v: z.literal(1).describe('The version of this shape.'),
      workflowId: z.string().describe("The run's id."),
      runId: z.string().describe("Temporal's id of this execution."),
      workflow: z.string().describe('The workflow type.'),
      team: z.string().optional().describe('The team whose run this is.'),
      state: RunState.describe('Where it stands.'),
      owner: z
        .string()
        .describe('Who is responsible for the task: exactly one at any time, at first the orchestration.'),
      active: z.array(ActiveStep).describe('Who is at work now.'),
      pending: z.array(RequestSummary).describe("What waits for a person, in specialists' workflows too."),
      counts: Counts.describe('What it has used so far.'),
      costs: Costs.optional().describe('What its model calls cost; absent where nothing has a price.'),
      models: z.array(z.string()).describe('The models that have answered, e.g. `offline`.'),
      plans: z.array(PlanView).optional().describe('The plans that are being carried out.'),
      steps: Steps.describe("The orchestration's budget of steps."),
    })
    .describe('Where a run stands: the answer to the query `view`.'),
);

export const RunMemo = mirrorOf<RunMemoType>()(
  z
    .object({
      v: z.literal(1).describe('The version of this shape.'),
      owner: z.string().describe('Who has control.'),
      pending: z.array(RequestSummary).describe('What waits for a person: at most ten.'),
      more: Count.describe('How many more wait than the memo has room for.'),
      costs: Costs.optional().describe(
        'What it had cost when this was written; brought up to date when the run ends.',
      ),
    })
    .describe('What the memo of a run holds under the key `baton`, readable with no worker running.'),
);
