/** `baton accept`: takes on a task that is handed to a person. */
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const acceptCommand = defineCommand({
  name: 'accept',
  args: [REQUEST_ARGUMENT],
  summary: 'take on a task that is handed to you; it waits for your answer',
  options: [{ flags: '--reason <text>', about: 'a note that the run records' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  documents: DECISION_DOCUMENTS,
  examples: ['baton accept refund-1a2b3c4d/0123456789ab'],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    await sendDecision(session, { ...options, request, option: 'accept' });
  },
});
