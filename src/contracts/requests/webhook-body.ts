/** The body of a webhook. The properties other than `baton` are for Slack and compatible receivers. */
import { z } from 'zod';
import type { Wire } from '../data/wire-schema.js';
import { Notice } from './notice.js';

const notice = z.object({
  v: z.literal(1).describe('The version of this shape.'),
  id: z.string().describe('The same when this notice is sent again, as in the header `Idempotency-Key`.'),
  link: z.string().optional().describe('Opens the request in the inbox; absent where none is configured.'),
  ...Notice.shape,
});

const block = z.object({
  type: z.literal('section').describe('A paragraph.'),
  text: z
    .union([
      z.object({
        type: z.literal('plain_text').describe('No markup is read in it.'),
        text: z.string().describe('The visible text.'),
        emoji: z.literal(false).describe('`:names:` stay as they are.'),
      }),
      z.object({
        type: z.literal('mrkdwn').describe("Slack's markup: the link."),
        text: z.string().describe('The visible text.'),
      }),
    ])
    .describe('Its text.'),
});

/** The body of a webhook: the notice for Slack, and under `baton` for programs. */
export const WebhookBody = z
  .object({
    text: z.string().describe('The notice in a sentence, escaped for Slack.'),
    mrkdwn: z.literal(false).describe('Slack reads no markup in `text`.'),
    unfurl_links: z.literal(false).describe('Slack fetches nothing that is linked.'),
    unfurl_media: z.literal(false).describe('Slack fetches nothing that is linked.'),
    blocks: z.array(block).describe('The notice as Slack shows it.'),
    baton: notice.describe('The notice itself.'),
  })
  .describe('The body of a webhook. The headers identify the sender, see docs/notices.md.');
export type WebhookBody = Wire<typeof WebhookBody>;
