/** Writes a report as a mail message. The same values always give the same bytes. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { readMailbox, type Mailbox } from './mailbox.js';
import type { OutgoingReport } from './shapes.js';

export interface Message {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly messageId: string;
  /** RFC 5322, one text part, lines that end with CRLF. */
  readonly bytes: Buffer;
}

/**
 * @param key identifies the delivery; it is the left part of the Message-ID.
 * @throws {RangeError} when sender or reader is not exactly one address.
 */
export async function composeMessage(report: OutgoingReport, key: string): Promise<Message> {
  const from = mailbox('sender', report.from);
  const to = mailbox('reader', report.to);
  const messageId = `<${key}@${from.domain}>`;
  const composer = new MailComposer({
    from: { name: from.name, address: from.address },
    to: { name: to.name, address: to.address },
    subject: report.subject,
    messageId,
    date: new Date(report.composedAt),
    text: report.body,
    textEncoding: 'quoted-printable',
    newline: 'windows',
    headers: { 'Auto-Submitted': 'auto-generated' },
    // A report can quote any text; none of it can make the composer read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from, to, messageId, bytes: await composer.compile().build() };
}

function mailbox(whose: string, text: string): Mailbox {
  const found = readMailbox(text);
  if (found) return found;
  throw new RangeError(`The ${whose}'s address ${JSON.stringify(text)} is not one mail address.`);
}
