/** `baton decline`: does not take on a task that is handed to a person, with a reason. */
import { defineDecisionCommand, DecisionOptions, reasonOf } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const declineCommand = defineDecisionCommand({
  name: 'decline',
  summary: 'do not take on a task that is handed to you',
  options: [{ flags: '--reason <text>', about: 'why; the run is told (required)' }],
  schema: DecisionOptions,
  examples: ['baton decline refund-1a2b3c4d/0123456789abcdef01234567 --reason "above my limit"'],
  run: (session, options) =>
    sendDecision(session, { ...options, option: 'decline', reason: reasonOf(options, 'Declining') }),
});
