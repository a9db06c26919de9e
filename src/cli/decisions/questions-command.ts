/** A command that sends questions, a line each. */
import { required, type CliCommand } from '../session/command.js';
import { decidingCommand, DecisionOptions } from './decision-command.js';
import { sendDecision } from './send-decision.js';
import { readQuestions } from '../input/input-json.js';

interface Questions {
  /** The option too. */
  readonly name: 'ask-back' | 'clarify';
  readonly about: string;
  readonly summary: string;
  readonly example: string;
}

export function questionsCommand({ name, about, summary, example }: Questions): CliCommand {
  return decidingCommand({
    name,
    place: { name: '[questions]', about: `${about}, a question a line; @file, or - for standard input` },
    summary,
    schema: DecisionOptions,
    examples: [example],
    run: async (session, options, args) => {
      const questions = await readQuestions(required(args, 1, 'The question'));
      await sendDecision(session, { ...options, option: name, questions });
    },
  });
}
