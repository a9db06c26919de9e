/**
 * The body of a webhook: a message in Slack's format, and under `baton` the notice itself, for programs. Text
 * of models and callers is in plain-text blocks, where Slack reads no markup, or is escaped.
 */
import { defined } from '../../contracts/data/defined.js';
import type { Notice } from '../../contracts/requests/notice.js';
import type { WebhookBody } from '../../contracts/requests/webhook-body.js';
import { describeNotice } from '../notice-text.js';
import type { NoticeContext } from '../notifier.js';

type Block = WebhookBody['blocks'][number];

/** @returns the body exactly as it is signed and sent. */
export function renderWebhookBody(notice: Notice, { key, link }: NoticeContext): string {
  const { headline, facts } = describeNotice(notice);
  const body: WebhookBody = {
    text: escapeMrkdwn(link === undefined ? headline : `${headline} ${link}`),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      toPlainBlock(headline),
      toPlainBlock(facts.map(([name, value]) => `${name}: ${value}`).join('\n')),
      ...open(link),
    ],
    baton: { v: 1, id: key, ...defined({ link }), ...toNoticeParts(notice) },
  };
  return JSON.stringify(body);
}

/** Copies the known fields of a notice only, because anyone who can schedule an activity can make one up. */
function toNoticeParts({ event, occurrence, request, run, to, decision, test }: Notice): Notice {
  return { event, occurrence, request, run, to, ...defined({ decision, test }) };
}

/** Slack interprets nothing in it: no mention, no link, no emphasis. The limit is 3,000 characters. */
function toPlainBlock(text: string): Block {
  return { type: 'section', text: { type: 'plain_text', text: text.slice(0, 3_000), emoji: false } };
}

/** The link consists of the configured address and an id with all special characters encoded. */
function open(link: string | undefined): Block[] {
  if (link === undefined) return [];
  return [{ type: 'section', text: { type: 'mrkdwn', text: `<${escapeMrkdwn(link)}|Open the request>` } }];
}

/** Escapes text for Slack's formatting, so that it cannot create `<!channel>`, `<@user>` or `<url|text>`. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
