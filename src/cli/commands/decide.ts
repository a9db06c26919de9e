/** `baton decide`: chooses one of a request's options, whatever they are. */
import { z } from 'zod';
import { BatonError } from '../../contracts/errors.js';
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const decideCommand = defineCommand({
  name: 'decide',
  documents: DECISION_DOCUMENTS,
  args: [REQUEST_ARGUMENT],
  summary: 'choose an option of what a run waits for',
  options: [
    { flags: '--option <id>', about: "one of the request's options (required)" },
    { flags: '--reason <text>', about: 'why; required for "reject"' },
    ...DECIDER_OPTIONS,
  ],
  schema: DecisionOptions.extend({ option: z.string().optional() }),
  examples: ['baton decide pay-1a2b3c4d/0123456789ab --option was-done'],
  run: async (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    const { option } = options;
    if (option === undefined) {
      throw new BatonError('BAD_USAGE', 'Say which option: --option <id>. `baton show` lists them.', {
        request,
      });
    }
    await sendDecision(session, { ...options, option, request });
  },
});
