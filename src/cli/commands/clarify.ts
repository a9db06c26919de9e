/** `baton clarify`: asks whoever hands a task over, before taking it on. */
import { required } from '../command.js';
import { decidingCommand, DecisionOptions } from '../deciding-command.js';
import { sendDecision } from '../decision.js';
import { readQuestions } from '../input-json.js';

export const clarifyCommand = decidingCommand({
  name: 'clarify',
  place: {
    name: '[questions]',
    about: 'what you need to know, a question a line; @file, or - for standard input',
  },
  summary: 'ask whoever hands you a task, before you take it on',
  schema: DecisionOptions,
  examples: ['baton clarify refund-1a2b3c4d/0123456789abcdef01234567 "Which of the two invoices?"'],
  run: async (session, options, args) => {
    const questions = await readQuestions(required(args, 1, 'The question'));
    await sendDecision(session, { ...options, option: 'clarify', questions });
  },
});
