/** The document of `baton inbox`. */
import { Count, type Wire } from '../../contracts/data/wire-schema.js';
import { RequestSummary } from '../../contracts/requests/approval.js';
import { z } from 'zod';
import { StuckTask } from './story.js';

/** A pending request, and its run. */
export const InboxRequest = RequestSummary.extend({
  workflowId: z.string().describe("The run's id; a child agent's own workflow is part of its run."),
  workflow: z.string().describe("The run's workflow type."),
  team: z.string().optional().describe('The team whose run this is.'),
  worker: z
    .boolean()
    .describe(
      "Whether a worker answers on the run's queue; without one, a decision is left with the server.",
    ),
}).meta({ id: 'InboxRequest', description: 'A pending request, with its run.' });
export type InboxRequest = Wire<typeof InboxRequest>;

export const InboxDocument = z
  .object({
    requests: z
      .array(InboxRequest)
      .describe('The nearest deadline first; without one, who has waited longest.'),
    unnamed: z
      .array(
        z.object({
          workflowId: z.string().describe("The run's id."),
          more: Count.describe('How many more wait than its memo names.'),
        }),
      )
      .describe('Runs with more pending requests than their memo names, without an available worker.'),
    unreadable: z
      .array(z.string())
      .describe('The ids of runs that wait, and of which nobody can read for what.'),
    stuck: z
      .array(StuckTask.extend({ workflowId: z.string().describe("The run's id.") }))
      .describe('Runs that wait and take no decision now, as their code fails.'),
  })
  .describe('`baton inbox`: pending requests; with `--watch` one document a line, at each change.');
export type Inbox = Wire<typeof InboxDocument>;

const link = z.string().describe('Lets that person in, once, within ten minutes: give it to nobody else.');
const subject = z.string().describe('The person whom the link signs in.');

export const InboxPageDocument = z
  .object({ url: z.string().describe('Where the page is.'), link, subject })
  .describe('`baton inbox serve`: the page, as soon as it is open.');

export const InboxLinkDocument = z.object({ link, subject }).describe('`baton inbox link`: one more way in.');
