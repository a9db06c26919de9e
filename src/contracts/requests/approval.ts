/**
 * Pending requests: the whole request, and its summary in lists. Plain JSON, so that any Temporal client in any
 * language can decide.
 */
import { z } from 'zod';
import { AnyJson, Instant, type Wire } from '../data/wire-schema.js';
import { asked, furtherWays, RequestOption } from './request-parts.js';

/** The exact action that a decision approves. Its digest binds the decision to these arguments. */
export const RequestedAction = z.object({
  tool: z.string().describe('The tool that is called.'),
  args: AnyJson.describe('Its exact arguments.'),
});
export type RequestedAction = Wire<typeof RequestedAction>;

/** A pending request. The workflow that asks stores it, so it survives crashes of workers and clients. */
export const ApprovalRequest = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    ...asked,
    reminds: z
      .object({
        at: Instant.describe('When a reminder is sent if it is still pending.'),
        everyMs: z.number().describe('How often from then on, in milliseconds.'),
      })
      .optional()
      .describe('When reminders are sent.'),
    ...furtherWays,
    run: z.string().describe('The name of this execution in digests.'),
    details: z.string().optional().describe('Details for the approver; Markdown.'),
    action: RequestedAction.optional().describe('The exact action that a decision releases.'),
    options: z.array(RequestOption).describe('The options.'),
  })
  .describe('A pending request in full: an element of the answer to the query `pending`.');
export type ApprovalRequest = Wire<typeof ApprovalRequest>;

/** The summary of a request in the memo of a run: bounded, so that lists work without a worker. */
export const RequestSummary = z
  .object({
    ...asked,
    tool: z.string().optional().describe('The tool that is called, when there is an action.'),
    voted: z.int().optional().describe('How many have said yes, where it takes more than one.'),
    news: z
      .int()
      .min(1)
      .optional()
      .describe('How many messages to the run stand on it, that are not answered yet.'),
    argsPreview: z.string().optional().describe('Its arguments, cut to 500 characters.'),
    amount: z.string().optional().describe('The first amount of money among them, e.g. `1,250.00 EUR`.'),
    options: z.array(z.string()).describe('The ids of what may be decided.'),
    yes: z.array(z.string()).optional().describe('The options that approve, besides `approve`.'),
  })
  .meta({ id: 'RequestSummary', description: 'A waiting request as the memo of a run keeps it: bounded.' });
export type RequestSummary = Wire<typeof RequestSummary>;
