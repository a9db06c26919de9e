/** `baton approve`: lets what waits happen. */
import { z } from 'zod';
import { defineCommand, required } from '../command.js';
import { sendDecision } from '../decision.js';

export const approveCommand = defineCommand({
  name: 'approve',
  args: [{ name: '[request]', about: 'the id of the request, as `baton list --state waiting` shows it' }],
  summary: 'approve what a run waits for',
  options: [
    { flags: '--reason <text>', about: 'a note that the run records' },
    { flags: '--by <name>', about: 'who decides (default: this user; a claim, not a proof)' },
    { flags: '--queue', about: 'when no worker is there, leave the decision with the server' },
  ],
  schema: z.object({
    reason: z.string().optional(),
    by: z.string().optional(),
    queue: z.boolean().default(false),
  }),
  examples: [
    'baton approve hello-1a2b3c4d/0123456789ab',
    'baton approve hello-1a2b3c4d/0123456789ab --queue',
  ],
  run: (session, args, options) =>
    sendDecision(session, {
      ...options,
      request: required(args, 0, 'The id of the request'),
      option: 'approve',
    }),
});
