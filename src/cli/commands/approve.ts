/** `baton approve`: lets what waits happen. */
import { z } from 'zod';
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const approveCommand = defineCommand({
  name: 'approve',
  documents: DECISION_DOCUMENTS,
  args: [REQUEST_ARGUMENT],
  summary: 'approve what a run waits for',
  options: [
    { flags: '--reason <text>', about: 'a note that the run records' },
    {
      flags: '--digest <hex>',
      about: 'approve only this very action; its beginning is enough (needed after an edit)',
    },
    ...DECIDER_OPTIONS,
  ],
  schema: DecisionOptions.extend({
    digest: z
      .string()
      .regex(/^[0-9a-f]{8,64}$/i, 'is not 8 to 64 hexadecimal digits')
      .optional(),
  }),
  examples: [
    'baton approve hello-1a2b3c4d/0123456789ab',
    'baton approve pay-1a2b3c4d/0123456789ab --digest 5f0c1d2e3a4b',
    'baton approve hello-1a2b3c4d/0123456789ab --queue',
  ],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const { digest, ...rest } = options;
    const wish = { ...rest, request, option: 'approve', ...(digest === undefined ? {} : { digest }) };
    await sendDecision(session, wish);
  },
});
