/** The mail tools: one returns the destination of reports, one sends a report. */
import { tool } from '@batonhq/baton';
import { z } from 'zod';
import { Destination, MailReceipt, OutgoingReport } from './shapes.js';

export const reportDestination = tool({
  name: 'report_destination',
  description: 'Says where reports go: by file or by which mail server, from whom, and to whom.',
  input: z.object({}),
  output: Destination,
  effect: 'read',
});

/**
 * The destination is an argument, so that a person approves it too, and a worker with another destination
 * refuses. A file is written under the call's key, so a repeat changes nothing; SMTP has no such key.
 */
export const sendReport = tool({
  name: 'send_report',
  description: 'Sends the report to the reader, as a file in the folder "outbox" or through a mail server.',
  input: OutgoingReport,
  output: MailReceipt,
  effect: 'irreversible',
  idempotency: ({ by }) => (by === 'file' ? 'keyed' : 'none'),
  unknownOutcome: { done: 'It was sent', again: 'Send it again' },
  timeoutSeconds: 120,
});
