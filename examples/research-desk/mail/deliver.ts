/**
 * The desk's last step, in its workflow: it asks for the destination and for a person's approval, sends, and
 * reports the outcome.
 */
import { BatonError } from '@batonhq/baton';
import type { Verbs } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { Delivery } from './shapes.js';
import { reportDestination, sendReport } from './tool.js';

export const Sending = z.object({
  delivery: Delivery.nullable().describe('Null when the report was not sent.'),
  rejected: z
    .object({ by: z.string().describe('The person who rejected it.'), reason: z.string().describe('Why.') })
    .optional()
    .describe('Present when a person rejected the sending.'),
  undelivered: z.string().optional().describe('Present when it could not be sent: why. Nothing was sent.'),
});
export type Sending = z.infer<typeof Sending>;

/** A report that cannot be sent is still an answer: the run completes, and reports the problem. */
export async function sendToReader(
  perform: Verbs<undefined>['perform'],
  report: { readonly subject: string; readonly body: string },
): Promise<Sending> {
  const destination = await perform(reportDestination, {});
  try {
    const sent = await perform(sendReport, {
      ...destination,
      ...report,
      composedAt: new Date().toISOString(),
    });
    switch (sent.outcome) {
      case 'performed':
        return { delivery: sent.output };
      case 'confirmed':
        return { delivery: { kind: 'confirmed', by: sent.by } };
      case 'rejected':
        return { delivery: null, rejected: { by: sent.by, reason: sent.reason } };
    }
  } catch (error) {
    if (error instanceof BatonError && error.code === 'TOOL_FAILED')
      return { delivery: null, undelivered: error.message };
    throw error;
  }
}
