/** The state of a run, as the run reports it and as its memo stores it. */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';
import { Cost } from '../definitions/cost.js';
import { PlanView } from '../handoff/plan-view.js';
import { RequestSummary } from '../requests/approval.js';

/** A participant that works on a part of the run without owning it. */
export const ActiveStep = z
  .object({
    path: z.string().describe('Where in the run.'),
    agent: z.string().describe('The agent at work.'),
    doing: z.string().describe('On what, in a few words.'),
  })
  .meta({ id: 'ActiveStep', description: 'Someone at work on a part of the run, without owning it.' });
export type ActiveStep = Wire<typeof ActiveStep>;

/** The progress in an activity's heartbeats: not part of the history, and lost when the activity ends. */
export const ActivityProgress = z.object({
  path: z.string().describe('Where in the run, as with `active`.'),
  text: z.string().describe('How far it has come, in words.'),
});
export type ActivityProgress = Wire<typeof ActivityProgress>;

export const RunState = z
  .enum(['running', 'waiting', 'completed', 'failed'])
  .meta({ id: 'RunState', description: 'Where a run stands. `waiting`: for a person.' });

export const Counts = z
  .object({
    modelCalls: Count.describe('Answers of models.'),
    toolCalls: Count.describe('Calls of tools.'),
    handoffs: Count.describe('How often control moved for good.'),
    inputTokens: Count.describe('Tokens that models read.'),
    outputTokens: Count.describe('Tokens that models wrote.'),
  })
  .meta({ id: 'Counts', description: 'The usage of a run so far.' });

export const Costs = z
  .array(Cost)
  .meta({ id: 'Costs', description: 'One sum for each version of the price table.' });

export const Steps = z
  .object({
    used: Count.describe('Steps taken.'),
    budget: Count.describe('Steps that may be taken.'),
  })
  .meta({ id: 'Steps', description: "The orchestration's budget of steps." });

/** The state of a run. The result of the query `view`. */
export const RunView = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    workflowId: z.string().describe("The run's id."),
    runId: z.string().describe("Temporal's id of this execution."),
    workflow: z.string().describe('The workflow type.'),
    team: z.string().optional().describe('The team whose run this is.'),
    state: RunState.describe('Where it stands.'),
    owner: z.string().describe('The owner of the task: exactly one at any time, at first the orchestration.'),
    active: z.array(ActiveStep).describe('The steps in progress.'),
    pending: z.array(RequestSummary).describe('Pending requests, including those of child agents.'),
    counts: Counts.describe('The usage so far.'),
    costs: Costs.optional().describe('The cost of its model calls; absent without prices.'),
    models: z.array(z.string()).describe('The models that have answered, e.g. `offline`.'),
    plans: z.array(PlanView).optional().describe('The plans that are being carried out.'),
    steps: Steps.describe("The orchestration's budget of steps."),
  })
  .describe('Where a run stands: the answer to the query `view`.');
export type RunView = Wire<typeof RunView>;

/** The memo of a run: enough to list pending requests without a worker. */
export const RunMemo = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    owner: z.string().describe('The agent in control.'),
    pending: z.array(RequestSummary).describe('The pending requests, at most ten.'),
    more: Count.describe('How many more wait than the memo has room for.'),
    costs: Costs.optional().describe('The cost at the time of writing, updated when the run ends.'),
  })
  .describe('The memo of a run under the key `baton`, readable without a worker.');
export type RunMemo = Wire<typeof RunMemo>;
