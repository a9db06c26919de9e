/** `baton abort`: ends the whole run at one of its requests, with a reason. */
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  reasonOf,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const abortCommand = defineCommand({
  name: 'abort',
  args: [REQUEST_ARGUMENT],
  summary: 'end the run that waits, instead of deciding',
  options: [{ flags: '--reason <text>', about: 'why; the run fails with it (required)' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  documents: DECISION_DOCUMENTS,
  examples: ['baton abort hello-1a2b3c4d/0123456789ab --reason "the customer withdrew"'],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const reason = reasonOf(options.reason, request, 'An abort');
    await sendDecision(session, { ...options, request, option: 'abort', reason });
  },
});
