/** `baton decline`: does not take on a task that is handed to a person, with a reason. */
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  reasonOf,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const declineCommand = defineCommand({
  name: 'decline',
  args: [REQUEST_ARGUMENT],
  summary: 'do not take on a task that is handed to you',
  options: [{ flags: '--reason <text>', about: 'why; the run is told (required)' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  documents: DECISION_DOCUMENTS,
  examples: ['baton decline refund-1a2b3c4d/0123456789ab --reason "above my limit"'],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const reason = reasonOf(options.reason, request, 'Declining');
    await sendDecision(session, { ...options, request, option: 'decline', reason });
  },
});
