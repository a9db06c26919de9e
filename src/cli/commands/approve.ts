/** `baton approve`: lets what waits happen. */
import { z } from 'zod';
import { decidingCommand, DecisionOptions, NOTE } from '../deciding-command.js';
import { sendDecision } from '../decision.js';

export const approveCommand = decidingCommand({
  name: 'approve',
  summary: 'approve what a run waits for',
  options: [
    NOTE,
    {
      flags: '--digest <hex>',
      about: 'approve only this very action; its beginning is enough (needed after an edit)',
    },
  ],
  schema: DecisionOptions.extend({
    digest: z
      .string()
      .regex(/^[0-9a-f]{8,64}$/i, 'is not 8 to 64 hexadecimal digits')
      .optional(),
  }),
  examples: [
    'baton approve hello-1a2b3c4d/0123456789abcdef01234567',
    'baton approve pay-1a2b3c4d/0123456789abcdef01234567 --digest 5f0c1d2e3a4b',
    'baton approve hello-1a2b3c4d/0123456789abcdef01234567 --queue',
  ],
  run: (session, { digest, ...options }) =>
    sendDecision(session, { ...options, option: 'approve', ...(digest === undefined ? {} : { digest }) }),
});
