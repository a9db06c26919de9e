/** `baton retry`: has a task tried once more after it failed, with what is to be done differently. */
import { z } from 'zod';
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const retryCommand = defineCommand({
  name: 'retry',
  args: [REQUEST_ARGUMENT],
  summary: 'have a task that failed tried once more',
  options: [
    { flags: '--guidance <text>', about: 'what is to be done differently; the agent is told' },
    ...DECIDER_OPTIONS,
  ],
  schema: DecisionOptions.omit({ reason: true }).extend({ guidance: z.string().optional() }),
  documents: DECISION_DOCUMENTS,
  examples: ['baton retry refund-1a2b3c4d/0123456789ab --guidance "use the list of 2024"'],
  run: async (session, args, { guidance, ...options }) => {
    const request = required(args, 0, 'The id of the request');
    await sendDecision(session, { ...options, request, option: 'retry', reason: guidance });
  },
});
