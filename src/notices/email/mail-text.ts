/** A notice as a mail: a subject and plain text with the link. Nothing that a model wrote can become a header. */
import type { Notice } from '../../contracts/requests/notice.js';
import { preview } from '../../contracts/data/preview.js';
import { noticeText } from '../notice-text.js';
import type { NoticeContext } from '../notifier.js';

const SUBJECT_LIMIT = 150;

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

export function mailText(notice: Notice, { link }: Pick<NoticeContext, 'link'>): MailText {
  const { headline, facts } = noticeText(notice);
  const lines = [
    headline,
    '',
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...(link === undefined ? [] : ['', 'Open the request:', link]),
    '',
    'An answer to this mail decides nothing.',
    '',
  ];
  return { subject: preview(headline, SUBJECT_LIMIT), text: lines.join('\n') };
}
