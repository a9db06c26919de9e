/** `baton redirect`: gives the task to another agent instead of letting the action happen. */
import { BatonError } from '../../contracts/errors.js';
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';
import { z } from 'zod';

export const redirectCommand = defineCommand({
  name: 'redirect',
  args: [REQUEST_ARGUMENT],
  summary: 'give the task to another agent; the action is not carried out',
  options: [
    { flags: '--to <agent>', about: 'one of the agents that the request names (required)' },
    { flags: '--reason <text>', about: 'a note that the agent is told' },
    ...DECIDER_OPTIONS,
  ],
  schema: DecisionOptions.extend({ to: z.string().optional() }),
  documents: DECISION_DOCUMENTS,
  examples: ['baton redirect pay-1a2b3c4d/0123456789ab --to senior-cashier'],
  run: async (session, args, { to, ...options }) => {
    const request = required(args, 0, 'The id of the request');
    if (to === undefined || to.trim() === '') {
      throw new BatonError('BAD_USAGE', 'Say to whom: --to <agent>. `baton show` lists who can have it.', {
        request,
      });
    }
    await sendDecision(session, { ...options, request, option: 'redirect', to });
  },
});
