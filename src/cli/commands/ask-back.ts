/** `baton ask-back`: asks before deciding; the request stays open. */
import { required } from '../command.js';
import { decidingCommand, DecisionOptions } from '../deciding-command.js';
import { sendDecision } from '../decision.js';
import { readQuestions } from '../input-json.js';

export const askBackCommand = decidingCommand({
  name: 'ask-back',
  place: {
    name: '[questions]',
    about: 'what you want to know, a question a line; @file, or - for standard input',
  },
  summary: 'ask whoever wants a decision, before you decide; the request stays open',
  schema: DecisionOptions,
  examples: ['baton ask-back refund-1a2b3c4d/0123456789abcdef01234567 "Which invoice is it for?"'],
  run: async (session, options, args) => {
    const questions = await readQuestions(required(args, 1, 'The question'));
    await sendDecision(session, { ...options, option: 'ask-back', questions });
  },
});
