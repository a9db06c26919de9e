/** `baton decide`: chooses one of a request's options, including custom ones. */
import { nameCommand } from '../../project/command-name.js';
import { z } from 'zod';
import { createUsageError } from '../../contracts/errors.js';
import { DECIDER_OPTIONS, defineDecisionCommand } from '../decisions/decision-command.js';
import { takeText } from '../session/command.js';
import { sendDecision, showRequest } from '../decisions/send-decision.js';

export const decideCommand = defineDecisionCommand({
  name: 'decide',
  summary: 'choose an option of what a run waits for',
  options: z.object({
    option: takeText('--option <id>', "one of the request's options (required)"),
    reason: takeText('--reason <text>', 'why; required for "reject"'),
    ...DECIDER_OPTIONS,
  }),
  examples: ['baton decide pay-1a2b3c4d/0123456789abcdef01234567 --option was-done'],
  run: async (session, { option, request, reason, ...options }) => {
    if (option === undefined) {
      const message = `Say which option: --option <id>. ${nameCommand('show')} lists them.`;
      throw createUsageError(message, { request });
    }
    await sendDecision(
      session,
      await showRequest(session, request, options),
      { request, option, reason },
      options,
    );
  },
});
