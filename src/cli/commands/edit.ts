/** `baton edit`: changes the arguments of an action before it is decided on. */
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
import { readJson } from '../input-json.js';
import { quoted } from '../request-card.js';

export const editCommand = defineCommand({
  name: 'edit',
  args: [REQUEST_ARGUMENT],
  summary: 'change the arguments of what waits; it then waits for a decision on these',
  options: [
    {
      flags: '--args <json>',
      about: 'the arguments, whole: JSON, @file, or - for standard input (required)',
    },
    { flags: '--reason <text>', about: 'a note that the run records' },
    ...DECIDER_OPTIONS,
  ],
  schema: DecisionOptions.extend({ args: z.string().optional() }),
  documents: DECISION_DOCUMENTS,
  examples: [
    `baton edit pay-1a2b3c4d/0123456789ab --args '{"to":"ada","cents":1200}'`,
    'baton edit pay-1a2b3c4d/0123456789ab --args @smaller.json --reason "agreed by phone"',
  ],
  run: async (session, args, { args: given, ...options }) => {
    const request = required(args, 0, 'The id of the request');
    if (given === undefined) {
      throw new BatonError('BAD_USAGE', 'Give the new arguments: --args JSON, or --args @file.', { request });
    }
    const ticket = await sendDecision(session, {
      ...options,
      request,
      option: 'edit',
      args: await readJson(given, '--args'),
    });
    if (ticket) session.screen.print(`Look at it, then: baton approve ${quoted(request)}`);
  },
});
