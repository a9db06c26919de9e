/**
 * The body of a webhook: what Slack, and whoever reads its form, shows; and under `baton` the notice itself, for programs.
 * What models and callers wrote stands in plain text, where Slack reads no markup, or is escaped for it.
 */
import { defined } from '../../contracts/data/defined.js';
import type { Notice } from '../../contracts/requests/notice.js';
import type { WebhookBody } from '../../contracts/requests/webhook-body.js';
import { describeNotice } from '../notice-text.js';
import type { NoticeContext } from '../notifier.js';

type Block = WebhookBody['blocks'][number];

/** @returns the body as it is signed and sent. */
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

/** What a notice has, and nothing else: whoever may schedule an activity can make one up. */
function toNoticeParts({ event, occurrence, request, run, to, decision, test }: Notice): Notice {
  return { event, occurrence, request, run, to, ...defined({ decision, test }) };
}

/** Slack reads nothing in it: no mention, no link, no emphasis. It takes 3,000 characters. */
function toPlainBlock(text: string): Block {
  return { type: 'section', text: { type: 'plain_text', text: text.slice(0, 3_000), emoji: false } };
}

/** The link is made of the configured address and an id in which every special character is encoded. */
function open(link: string | undefined): Block[] {
  if (link === undefined) return [];
  return [{ type: 'section', text: { type: 'mrkdwn', text: `<${escapeMrkdwn(link)}|Open the request>` } }];
}

/** As Slack's formatting asks for it: then no `<!channel>`, `<@user>` or `<url|text>` can come of a text. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
