/** `baton abort`: ends the whole run at one of its requests, with a reason. */
import { defineDecisionCommand, DecisionOptions, reasonOf } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const abortCommand = defineDecisionCommand({
  name: 'abort',
  summary: 'end the run that waits, instead of deciding',
  options: [{ flags: '--reason <text>', about: 'why; the run fails with it (required)' }],
  schema: DecisionOptions,
  examples: ['baton abort hello-1a2b3c4d/0123456789abcdef01234567 --reason "the customer withdrew"'],
  run: (session, options) =>
    sendDecision(session, { ...options, option: 'abort', reason: reasonOf(options, 'An abort') }),
});
