/** What a webhook receives, as a schema. */
import { z } from 'zod';
import type { WebhookBody as WebhookBodyType } from '../../contracts/requests/webhook-body.js';
import { mirrorOf } from '../parts/mirror.js';
import { Instant } from '../parts/parts.js';
import { RequestSummary } from './approval.js';

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

const notice = z.object({
  v: z.literal(1).describe('The version of this shape.'),
  id: z.string().describe('The same when this notice is sent again, as in the header `Idempotency-Key`.'),
  link: z.string().optional().describe('Opens the request in the inbox; absent where none is configured.'),
  event: z
    .enum(['opened', 'reminded', 'escalated', 'decided', 'expired'])
    .describe('What has become of the request.'),
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

const block = z.object({
  type: z.literal('section').describe('A paragraph.'),
  text: z
    .union([
      z.object({
        type: z.literal('plain_text').describe('No markup is read in it.'),
        text: z.string().describe('What is shown.'),
        emoji: z.literal(false).describe('`:names:` stay as they are.'),
      }),
      z.object({
        type: z.literal('mrkdwn').describe("Slack's markup: the link."),
        text: z.string().describe('What is shown.'),
      }),
    ])
    .describe('Its text.'),
});

export const WebhookBody = mirrorOf<WebhookBodyType>()(
  z
    .object({
      text: z.string().describe('The notice in a sentence, escaped for Slack.'),
      mrkdwn: z.literal(false).describe('Slack reads no markup in `text`.'),
      unfurl_links: z.literal(false).describe('Slack fetches nothing that is linked.'),
      unfurl_media: z.literal(false).describe('Slack fetches nothing that is linked.'),
      blocks: z.array(block).describe('The notice as Slack shows it.'),
      baton: notice.describe('The notice itself.'),
    })
    .describe('What a webhook receives. Its headers say who sent it, see docs/notices.md.'),
);
