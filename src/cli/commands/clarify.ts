/** `baton clarify`: asks whoever hands a task over, before taking it on. */
import { defineQuestionsCommand } from '../decisions/questions-command.js';

export const clarifyCommand = defineQuestionsCommand({
  name: 'clarify',
  about: 'what you need to know',
  summary: 'ask whoever hands you a task, before you take it on',
  example: 'baton clarify refund-1a2b3c4d/0123456789abcdef01234567 "Which of the two invoices?"',
});
