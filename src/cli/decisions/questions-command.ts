/** A command that sends questions, a line each. */
import { requireArgument, type CliCommand } from '../session/command.js';
import { defineDecisionCommand, DecisionOptions } from './decision-command.js';
import { sendDecision } from './send-decision.js';
import { readQuestions } from '../input/input-json.js';

interface Questions {
  /** The option too. */
  readonly name: 'ask-back' | 'clarify';
  readonly about: string;
  readonly summary: string;
  readonly example: string;
}

export function defineQuestionsCommand({ name, about, summary, example }: Questions): CliCommand {
  return defineDecisionCommand({
    name,
    place: { name: '[questions]', about: `${about}, a question a line; @file, or - for standard input` },
    summary,
    schema: DecisionOptions,
    examples: [example],
    run: async (session, options, args) => {
      const questions = await readQuestions(requireArgument(args, 1, 'The question'));
      await sendDecision(session, { ...options, option: name, questions });
    },
  });
}
