/** `baton approve`: lets what waits happen. */
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
  options: [{ flags: '--reason <text>', about: 'a note that the run records' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  examples: [
    'baton approve hello-1a2b3c4d/0123456789ab',
    'baton approve hello-1a2b3c4d/0123456789ab --queue',
  ],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    await sendDecision(session, { ...options, request, option: 'approve' });
  },
});
