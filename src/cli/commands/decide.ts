/** `baton decide`: chooses one of a request's options, whatever they are. */
import { z } from 'zod';
import { BatonError } from '../../contracts/errors.js';
import { defineDecisionCommand, DecisionOptions, DIGEST, Digest } from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const decideCommand = defineDecisionCommand({
  name: 'decide',
  summary: 'choose an option of what a run waits for',
  options: [
    { flags: '--option <id>', about: "one of the request's options (required)" },
    { flags: '--reason <text>', about: 'why; required for "reject"' },
    DIGEST,
  ],
  schema: DecisionOptions.extend({ option: z.string().optional(), digest: Digest }),
  examples: ['baton decide pay-1a2b3c4d/0123456789abcdef01234567 --option was-done'],
  run: (session, { option, digest, ...options }) => {
    const meant = digest === undefined ? {} : { digest };
    if (option !== undefined) return sendDecision(session, { ...options, option, ...meant });
    const { request } = options;
    throw new BatonError('BAD_USAGE', 'Say which option: --option <id>. `baton show` lists them.', {
      request,
    });
  },
});
