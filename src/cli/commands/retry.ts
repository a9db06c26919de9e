/** `baton retry`: has a task tried once more after it failed, with what is to be done differently. */
import { z } from 'zod';
import { defineDecisionCommand, DecisionOptions } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const retryCommand = defineDecisionCommand({
  name: 'retry',
  summary: 'have a task that failed tried once more',
  options: [{ flags: '--guidance <text>', about: 'what is to be done differently; the agent is told' }],
  schema: DecisionOptions.extend({ guidance: z.string().optional() }),
  examples: ['baton retry refund-1a2b3c4d/0123456789abcdef01234567 --guidance "use the list of 2024"'],
  run: (session, { guidance, ...options }) =>
    sendDecision(session, { ...options, option: 'retry', reason: guidance }),
});
