/** The document of `baton notify test`. */
import { z } from 'zod';

export const NotifyTestDocument = z
  .object({
    ok: z.boolean().describe('Whether every notice was taken.'),
    inboxUrl: z.string().optional().describe('Where notices link to; absent where nothing is configured.'),
    notifiers: z
      .array(
        z.object({
          name: z.string().describe('Its name in the configuration.'),
          outcome: z
            .enum(['taken', 'nobody', 'refused', 'failed'])
            .describe(
              '`nobody`: it knows no one to tell; `failed` is what a run tries again, `refused` is not.',
            ),
          detail: z.string().describe('What the other side said, or why it was not taken.'),
        }),
      )
      .describe('One for each of `notify`, in its order.'),
  })
  .describe('`baton notify test`: what each of the configured ways answered.');
