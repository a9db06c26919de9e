/** What a run tells people of a request that waits for them, beside the places where they look by themselves. */
import { z } from 'zod';
import { Instant, type Wire } from '../data/wire-schema.js';
import { RequestSummary } from './approval.js';

/** What can become of a request that people are told of. */
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

/** One thing that people are told of a request. */
export const Notice = z.object({
  event: NoticeEvent.describe('What has become of the request.'),
  occurrence: z.int().min(1).describe('How often this event was told of the request, from 1.'),
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

/** A way by which a worker tells people, as a run knows it. */
export interface NoticeChannel {
  /** One of a kind on the worker. */
  readonly name: string;
  /** What it tells of; everything without. */
  readonly events?: readonly NoticeEvent[];
}

export interface NotifyInput {
  /** The channel. */
  readonly channel: string;
  readonly notice: Notice;
}

export interface NotifyResult {
  /** `nobody`: this channel knows no one who is meant. */
  readonly outcome: 'taken' | 'nobody';
  /** What the other side said, in a few words. */
  readonly detail: string;
}
