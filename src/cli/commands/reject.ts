/** `baton reject`: refuses what waits, with a reason. */
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  reasonOf,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const rejectCommand = defineCommand({
  name: 'reject',
  documents: DECISION_DOCUMENTS,
  args: [REQUEST_ARGUMENT],
  summary: 'reject what a run waits for',
  options: [{ flags: '--reason <text>', about: 'why; the run is told (required)' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  examples: ['baton reject hello-1a2b3c4d/0123456789ab --reason "the figures are from last year"'],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const reason = reasonOf(options.reason, request, 'A rejection');
    await sendDecision(session, { ...options, request, option: 'reject', reason });
  },
});
