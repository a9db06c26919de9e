/** What a webhook receives. */
import type { Notice } from './notice.js';

interface Block {
  readonly type: 'section';
  readonly text:
    | { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
    | { readonly type: 'mrkdwn'; readonly text: string };
}

/** The body of a webhook. What stands beside `baton` is for Slack, and for those who read what Slack reads. */
export interface WebhookBody {
  readonly text: string;
  readonly mrkdwn: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  readonly blocks: readonly Block[];
  readonly baton: Notice & {
    readonly v: 1;
    /** The same when this notice is sent again: what has been taken by it need not be taken once more. */
    readonly id: string;
    /** Opens the request in the inbox; absent where none is configured. */
    readonly link?: string;
  };
}
