/** The implementations of the mail tools on a worker. */
import { implement, NotDone, type ToolImplementation } from '@batonhq/baton/worker';
import { deliver } from './outbox.js';
import { composeMessage, type Message } from './message.js';
import type { MailSettings } from './settings.js';
import type { MailReceipt, OutgoingReport } from './shapes.js';
import { sendBySmtp } from './smtp.js';
import { reportDestination, sendReport } from './tool.js';

export function mailImplementations(settings: MailSettings): ToolImplementation[] {
  return [
    implement(reportDestination, () => settings.destination),
    implement(sendReport, async (report, { idempotencyKey, signal }): Promise<MailReceipt> => {
      const message = await composed(report, idempotencyKey);
      if (report.by === 'file') return deliver('outbox', idempotencyKey, message);
      const { server } = settings;
      if (server?.shown !== report.by) {
        throw new NotDone(
          `It was to be sent by ${report.by}, and this worker sends by ${server?.shown ?? 'file'}. Nothing was sent.`,
        );
      }
      const response = await sendBySmtp(server, message, signal);
      return { kind: 'smtp', server: server.shown, to: report.to, messageId: message.messageId, response };
    }),
  ];
}

async function composed(report: OutgoingReport, key: string): Promise<Message> {
  try {
    return await composeMessage(report, key);
  } catch (error) {
    // Nothing has started yet.
    throw new NotDone(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
