/** `baton answer`: answers what a run asks. */
import { requireArgument } from '../session/command.js';
import { answerFrom } from '../input/answer-text.js';
import { defineDecisionCommand, DecisionOptions, NOTE } from '../decisions/decision-command.js';
import { sendDecision, waitingRequest } from '../decisions/send-decision.js';

export const answerCommand = defineDecisionCommand({
  name: 'answer',
  place: {
    name: '[answer]',
    about: 'text where text is asked for, else JSON; @file, or - for standard input',
  },
  summary: 'answer what a run asks',
  options: [NOTE],
  schema: DecisionOptions,
  examples: [
    'baton answer trip-1a2b3c4d/0123456789abcdef01234567 "the earlier train"',
    `baton answer trip-1a2b3c4d/0123456789abcdef01234567 '{"date":"2027-01-01","seats":2}'`,
  ],
  run: async (session, options, args) => {
    const given = requireArgument(args, 1, 'The answer');
    const asked = await waitingRequest(session, options.request);
    const answer = await answerFrom(given, asked?.answerSchema);
    await sendDecision(session, { ...options, option: 'answer', answer });
  },
});
