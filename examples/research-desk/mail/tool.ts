/** The tools of mail: where a worker would send a report, and sending it. */
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
 * The destination is among the arguments, so that a person approves it with the rest, and a worker that is set up
 * otherwise refuses. A file is made under the call's key, so a repeat changes nothing; SMTP takes no key.
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
