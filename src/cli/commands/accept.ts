/** `baton accept`: takes on a task that is handed to a person. */
import { defineDecisionCommand, DecisionOptions, NOTE } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const acceptCommand = defineDecisionCommand({
  name: 'accept',
  summary: 'take on a task that is handed to you; it waits for your answer',
  options: [NOTE],
  schema: DecisionOptions,
  examples: ['baton accept refund-1a2b3c4d/0123456789abcdef01234567'],
  run: (session, options) => sendDecision(session, { ...options, option: 'accept' }),
});
