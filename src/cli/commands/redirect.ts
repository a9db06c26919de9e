/** `baton redirect`: gives the task to another agent instead of letting the action happen. */
import { z } from 'zod';
import { BatonError } from '../../contracts/errors.js';
import { defineDecisionCommand, DecisionOptions } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const redirectCommand = defineDecisionCommand({
  name: 'redirect',
  summary: 'give the task to another agent; the action is not carried out',
  options: [
    { flags: '--to <agent>', about: 'one of the agents that the request names (required)' },
    { flags: '--reason <text>', about: 'a note that the agent is told' },
  ],
  schema: DecisionOptions.extend({ to: z.string().optional() }),
  examples: ['baton redirect pay-1a2b3c4d/0123456789abcdef01234567 --to senior-cashier'],
  run: (session, { to, ...options }) => {
    if (to !== undefined && to.trim() !== '') {
      return sendDecision(session, { ...options, option: 'redirect', to });
    }
    const { request } = options;
    throw new BatonError('BAD_USAGE', 'Say to whom: --to <agent>. `baton show` lists who can have it.', {
      request,
    });
  },
});
