/** The notices that a run sends to people about a pending request, in addition to the inbox and the lists. */
import { z } from 'zod';
import { Instant, type Wire } from '../data/wire-schema.js';
import { RequestSummary } from './approval.js';

/** The events of a request that cause a notice. */
export const NoticeEvent = z.enum(['opened', 'reminded', 'escalated', 'decided', 'expired']);
export type NoticeEvent = Wire<typeof NoticeEvent>;

const decision = z.object({
  option: z.string().describe('The option that was chosen.'),
  by: z.string().describe('Who decided.'),
  identity: z
    .enum(['signed', 'gateway', 'claimed'])
    .describe('How the decider is known; `claimed` proves nothing.'),
  reason: z.string().optional().describe('Why, in the words of who decided.'),
  decidedAt: Instant.describe('When it counted.'),
});

const run = z.object({
  workflowId: z.string().describe('The id of the run.'),
  runId: z.string().describe('The id of its execution.'),
  workflow: z.string().describe('The type of the workflow that asks.'),
  team: z.string().optional().describe('The team, where the run has one.'),
});

/** One notice about a request. */
export const Notice = z.object({
  event: NoticeEvent.describe('The event.'),
  occurrence: z.int().min(1).describe('The number of notices about this event of the request, from 1.'),
  request: RequestSummary.describe('The request as it is at that moment.'),
  run: run.describe('The run that it belongs to.'),
  to: z.array(z.string()).describe('The roles that may decide; empty for anybody.'),
  decision: decision.optional().describe('For `decided`: what was decided, and by whom.'),
  test: z
    .literal(true)
    .optional()
    .describe('Nobody waits for anything: it was sent to see whether it arrives.'),
});
export type Notice = Wire<typeof Notice>;

/** A channel that a worker uses for notices, as a run knows it. */
export interface NoticeChannel {
  /** Unique on the worker. */
  readonly name: string;
  /** The events of this channel. Default: all. */
  readonly events?: readonly NoticeEvent[];
}

export interface NotifyInput {
  /** The channel. */
  readonly channel: string;
  readonly notice: Notice;
}

export interface NotifyResult {
  /** `nobody`: this channel knows none of the approvers. */
  readonly outcome: 'taken' | 'nobody';
  /** The other side's response, in a few words. */
  readonly detail: string;
}
