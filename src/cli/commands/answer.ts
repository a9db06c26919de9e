/** `baton answer`: answers what a run asks. */
import { defineCommand, required } from '../command.js';
import { answerFrom } from '../answer-text.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
  waitingRequest,
} from '../decision.js';

export const answerCommand = defineCommand({
  name: 'answer',
  args: [
    REQUEST_ARGUMENT,
    { name: '[answer]', about: 'text where text is asked for, else JSON; @file, or - for standard input' },
  ],
  summary: 'answer what a run asks',
  options: [{ flags: '--reason <text>', about: 'a note that the run records' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  documents: DECISION_DOCUMENTS,
  examples: [
    'baton answer trip-1a2b3c4d/0123456789ab "the earlier train"',
    `baton answer trip-1a2b3c4d/0123456789ab '{"date":"2027-01-01","seats":2}'`,
  ],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const given = required(args, 1, 'The answer');
    const asked = await waitingRequest(session, request);
    const answer = await answerFrom(given, asked?.answerSchema);
    await sendDecision(session, { ...options, request, option: 'answer', answer });
  },
});
