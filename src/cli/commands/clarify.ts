/** `baton clarify`: asks whoever hands a task over, before taking it on. */
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';
import { readText } from '../input-json.js';

export const clarifyCommand = defineCommand({
  name: 'clarify',
  args: [
    REQUEST_ARGUMENT,
    {
      name: '[questions]',
      about: 'what you need to know, a question a line; @file, or - for standard input',
    },
  ],
  summary: 'ask whoever hands you a task, before you take it on',
  options: DECIDER_OPTIONS,
  schema: DecisionOptions.omit({ reason: true }),
  documents: DECISION_DOCUMENTS,
  examples: ['baton clarify refund-1a2b3c4d/0123456789ab "Which of the two invoices?"'],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const text = await readText(required(args, 1, 'The question'));
    const questions = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    await sendDecision(session, { ...options, request, option: 'clarify', questions });
  },
});
