/** `baton ask-back`: asks before deciding; the request stays open. */
import { defineQuestionsCommand } from '../decisions/questions-command.js';

export const askBackCommand = defineQuestionsCommand({
  name: 'ask-back',
  about: 'what you want to know',
  summary: 'ask whoever wants a decision, before you decide; the request stays open',
  example: 'baton ask-back refund-1a2b3c4d/0123456789abcdef01234567 "Which invoice is it for?"',
});
