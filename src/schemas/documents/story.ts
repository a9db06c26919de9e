/** The document of `baton show`: the whole story of a run. */
import { AnyJson, Code, Instant, type Wire } from '../../contracts/data/wire-schema.js';
import { asked, furtherWays } from '../../contracts/requests/request-parts.js';
import {
  ActiveStep,
  ActivityProgress,
  Costs,
  Counts,
  RunState,
  Steps,
} from '../../contracts/wire/run-view.js';
import { PlanView } from '../../contracts/handoff/plan-view.js';
import { Timeline } from '../../contracts/wire/timeline.js';
import { z } from 'zod';
import { run, webUi } from './run-reference.js';

export const WaitingRequest = z
  .object({
    ...asked,
    ...furtherWays,
    run: z.string().optional().describe('The name of this execution in digests.'),
    voted: z.int().optional().describe('How many have said yes, where it takes more than one.'),
    tool: z.string().optional().describe('The tool that is called, when there is an action.'),
    argsPreview: z.string().optional().describe('Its arguments, cut to 500 characters.'),
    amount: z
      .string()
      .optional()
      .describe('The first amount of money among them, where only a preview is known.'),
    whole: z
      .boolean()
      .describe('False when only the memo could be read: the arguments are a preview, the options only ids.'),
    details: z.string().optional().describe('Details for the approver; Markdown.'),
    args: AnyJson.optional().describe('The exact arguments; absent when only a preview is known.'),
    options: z
      .array(
        z.object({
          id: z.string().describe('The id that a decision names.'),
          label: z.string().optional().describe('The label that a person sees.'),
          consequence: z.string().optional().describe('The effect of the option.'),
          means: z
            .enum(['approve', 'reject'])
            .optional()
            .describe('Its meaning; present for an option that a developer declared.'),
          declared: z
            .literal(true)
            .optional()
            .describe(
              "Present where it is not Baton's own: its words are the run's, and stand in the digest.",
            ),
          added: z
            .string()
            .optional()
            .describe("The run's addition to the text of one of Baton's own options."),
        }),
      )
      .describe('The options.'),
  })
  .meta({ id: 'WaitingRequest', description: 'A pending request, as far as it is known.' });
export type WaitingRequest = Wire<typeof WaitingRequest>;

/** Orchestration code that throws repeatedly. */
export const StuckTask = z.object({
  code: z.enum(['ORCHESTRATION_HELD', 'UNKNOWN_WORKFLOW']).describe('The failure code.'),
  attempt: z.int().describe('How often it was tried.'),
  message: z.string().describe('The message of the error.'),
});
export type StuckTask = Wire<typeof StuckTask>;

/** An activity that fails and is retried. */
export const Retry = z.object({
  activity: z.string().describe('The activity, e.g. `callModel`.'),
  attempt: z.int().describe('Which attempt this is.'),
  code: z.string().optional().describe('The code of the last failure.'),
  message: z.string().describe('The last failure.'),
  since: Instant.optional().describe('Since when it is tried; absent where that is far back in the history.'),
  nextAt: Instant.optional().describe('When it is tried again; absent while it is being tried.'),
});
export type Retry = Wire<typeof Retry>;

/** A permission's queue with waiting calls that no worker polls. */
export const Unserved = z.object({
  queue: z.string().describe('The task queue.'),
  permission: z.string().describe('The permission: `baton worker --permission` serves its tools.'),
});
export type Unserved = Wire<typeof Unserved>;

/** Whether a worker takes the run's waiting tasks. */
export const service = {
  waitsForWorkerSince: Instant.optional().describe(
    'Since when its next step has waited for a worker to take it; absent when one did at once.',
  ),
  waitsBecause: z.string().optional().describe('Why no worker takes it, where that can be seen.'),
  unserved: z
    .array(Unserved)
    .optional()
    .describe("Permissions' queues on which something of it waits, and that nobody serves."),
};

/** The whole story of a run. */
export const Story = z.object({
  ...run,
  workflow: z.string().describe('The workflow type.'),
  team: z.string().optional().describe('The team whose run this is.'),
  state: RunState.describe('Where it stands.'),
  owner: z.string().describe('The agent in control.'),
  startedAt: Instant.describe('When it was started.'),
  endedAt: Instant.optional().describe('When it ended.'),
  goesOn: z
    .literal(true)
    .optional()
    .describe('Present if the run continues in a later execution, which has its own story.'),
  source: z
    .enum(['worker', 'history'])
    .describe('The source: the run itself, or its history if no worker is available.'),
  counts: Counts.describe('The usage so far.'),
  costs: Costs.optional().describe('The cost of its model calls; absent without prices.'),
  models: z.array(z.string()).describe('The models that have answered.'),
  steps: Steps.optional().describe('The budget of steps; only the run itself tells it.'),
  plans: z
    .array(PlanView)
    .optional()
    .describe('The plans that are being carried out; only the run itself tells them.'),
  active: z.array(ActiveStep).describe('The steps in progress.'),
  pending: z.array(WaitingRequest).describe('The pending requests.'),
  timeline: Timeline.describe('The events, oldest first, including those of child agents.'),
  held: StuckTask.optional().describe("Present when the orchestration's code throws again and again."),
  ...service,
  retries: z.array(Retry).describe('Failing steps that are being retried.'),
  progress: z.array(ActivityProgress).describe('How far what runs now has come, as far as it tells.'),
  result: AnyJson.optional().describe('The result of a completed run.'),
  failure: z
    .object({
      code: Code.optional().describe('The failure code, where it has one.'),
      message: z.string().describe('What happened.'),
    })
    .optional()
    .describe('Why a failed run failed.'),
});
export type Story = Wire<typeof Story>;

export const ShowDocument = Story.extend({ webUi }).describe(
  '`baton show`: the story of a run; with `--watch` one a line, at each change.',
);
