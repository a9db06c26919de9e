/** `baton reject`: refuses what waits, with a reason. */
import { defineDecisionCommand, DecisionOptions, reasonOf } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const rejectCommand = defineDecisionCommand({
  name: 'reject',
  summary: 'reject what a run waits for',
  options: [{ flags: '--reason <text>', about: 'why; the run is told (required)' }],
  schema: DecisionOptions,
  examples: [
    'baton reject hello-1a2b3c4d/0123456789abcdef01234567 --reason "the figures are from last year"',
  ],
  run: (session, options) =>
    sendDecision(session, { ...options, option: 'reject', reason: reasonOf(options, 'A rejection') }),
});
