/** A command that claims a request, or gives it back: nothing is decided by it. */
import type { CliCommand } from '../session/command.js';
import { defineDecisionCommand, DecisionOptions } from './decision-command.js';
import { sendDecision } from './send-decision.js';

interface Claiming {
  /** The option too. */
  readonly name: 'claim' | 'release';
  readonly summary: string;
}

export function defineClaimCommand({ name, summary }: Claiming): CliCommand {
  return defineDecisionCommand({
    name,
    summary,
    schema: DecisionOptions,
    examples: [`baton ${name} refund-1a2b3c4d/0123456789abcdef01234567`],
    run: async (session, options) => {
      await sendDecision(session, { ...options, option: name });
    },
  });
}
