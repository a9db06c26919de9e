/** The documents of `baton start`, `list` and `cancel`. */
import { TalkTurn } from '../../contracts/wire/conversation.js';
import { AnyJson, Count, Instant, type Wire } from '../../contracts/data/wire-schema.js';
import { RequestSummary } from '../../contracts/requests/approval.js';
import { Costs, RunState } from '../../contracts/wire/run-view.js';
import { z } from 'zod';
import { Failure } from './failure.js';
import { run, webUi } from './run-reference.js';
import { Retry, service, StuckTask } from './story.js';

export const StartDocument = z
  .object({
    ...run,
    status: RunState.describe('Where the run stands when the command ends.'),
    taskQueue: z.string().optional().describe('The task queue of the run; without --wait.'),
    worker: z.boolean().optional().describe('Whether one polls that queue now; without --wait.'),
    held: StuckTask.optional().describe(
      'Why the run cannot begin, where that is seen at once; without --wait.',
    ),
    webUi,
    result: AnyJson.optional().describe('The result of the run; with --wait, if it completed.'),
    error: Failure.optional().describe('Why the run failed; with --wait, when it is failed.'),
  })
  .describe('`baton start`: the run, and with --wait its result.');

export const ForkDocument = z
  .object({
    ...run,
    of: z.string().describe('The run that it was forked from.'),
    step: Count.describe('The step at which it resumes.'),
    workflow: z.string().describe('The workflow type.'),
    taskQueue: z.string().describe('The task queue of the run.'),
  })
  .describe('`baton fork`: the new run.');
/** A run that continues from a step of another one. */
export type Forked = Wire<typeof ForkDocument>;

/** The state of a run in a list. */
export const ListedState = z
  .enum(['pending-worker', 'running', 'waiting', 'stuck', 'completed', 'failed', 'terminated'])
  .meta({
    id: 'ListedState',
    description:
      'Where a run stands. `pending-worker`: no worker takes its next step; `waiting`: for a person; `stuck`: its code fails; `terminated`: ended by force, or its time was up.',
  });
export type ListedState = z.infer<typeof ListedState>;

/** A run in a list. */
export const RunListing = z
  .object({
    ...run,
    workflow: z.string().describe('The workflow type.'),
    status: z
      .string()
      .describe("Temporal's word for it, in lower case: `running`, `completed`, `failed`, …."),
    state: ListedState,
    taskQueue: z.string().describe('The task queue of the run.'),
    unreadable: z
      .literal(true)
      .optional()
      .describe('Present if its memo is unreadable: pending requests are unknown.'),
    team: z.string().optional().describe('The team whose run this is.'),
    owner: z.string().optional().describe('The agent in control.'),
    startedAt: Instant.describe('When it was started.'),
    closedAt: Instant.optional().describe('When it ended.'),
    costs: Costs.optional().describe('The cost, as the run last reported it; absent without prices.'),
    pending: z.array(RequestSummary).describe('The pending requests; empty if the run has ended.'),
    held: StuckTask.optional().describe('Why it is stuck.'),
    ...service,
    retries: z.array(Retry).optional().describe('Failing steps that are being retried.'),
  })
  .meta({ id: 'RunListing', description: "A run as a list shows it, read with no worker's help." });
export type RunListing = Wire<typeof RunListing>;

export const ListDocument = z
  .object({
    runs: z
      .array(RunListing)
      .describe(
        'Newest first; with `--state waiting` the nearest deadline first, then who has waited longest.',
      ),
  })
  .describe('`baton list`: runs, or pending requests.');

export const CancelDocument = z
  .object({
    workflowId: z.string().describe("The run's id."),
    cancelRequested: z.literal(true).describe('The run is asked to end; it does when a worker takes it up.'),
    ended: z
      .boolean()
      .describe('It is over at once, since nothing of it had begun and no worker exports its workflow.'),
  })
  .describe('`baton cancel`: the run that is asked to end.');

export const ChatDocument = z
  .object({ workflowId: z.string().describe('The conversation.'), ...TalkTurn.shape })
  .describe('A message and its answer, as `baton chat --json` prints them, a line each.');
