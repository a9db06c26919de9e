/** `baton reject`: refuses what waits, with a reason. */
import { z } from 'zod';
import { BatonError } from '../../contracts/errors.js';
import { defineCommand, required } from '../command.js';
import { sendDecision } from '../decision.js';

export const rejectCommand = defineCommand({
  name: 'reject',
  args: [{ name: '[request]', about: 'the id of the request, as `baton list --state waiting` shows it' }],
  summary: 'reject what a run waits for',
  options: [
    { flags: '--reason <text>', about: 'why; the run is told (required)' },
    { flags: '--by <name>', about: 'who decides (default: this user; a claim, not a proof)' },
    { flags: '--queue', about: 'when no worker is there, leave the decision with the server' },
  ],
  schema: z.object({
    reason: z.string().optional(),
    by: z.string().optional(),
    queue: z.boolean().default(false),
  }),
  examples: ['baton reject hello-1a2b3c4d/0123456789ab --reason "the figures are from last year"'],
  run: (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    if ((options.reason ?? '').trim() === '') {
      throw new BatonError('BAD_USAGE', 'A rejection needs a reason: --reason "…". The run is told it.', {
        request,
      });
    }
    return sendDecision(session, { ...options, request, option: 'reject' });
  },
});
