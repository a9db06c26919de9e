/** `baton reject`: refuses what waits, with a reason. */
import { BatonError } from '../../contracts/errors.js';
import { defineCommand, required } from '../command.js';
import {
  DECIDER_OPTIONS,
  DECISION_DOCUMENTS,
  DecisionOptions,
  REQUEST_ARGUMENT,
  sendDecision,
} from '../decision.js';

export const rejectCommand = defineCommand({
  name: 'reject',
  documents: DECISION_DOCUMENTS,
  args: [REQUEST_ARGUMENT],
  summary: 'reject what a run waits for',
  options: [{ flags: '--reason <text>', about: 'why; the run is told (required)' }, ...DECIDER_OPTIONS],
  schema: DecisionOptions,
  examples: ['baton reject hello-1a2b3c4d/0123456789ab --reason "the figures are from last year"'],
  run: (session, args, options) => {
    const request = required(args, 0, 'The id of the request');
    if ((options.reason ?? '').trim() === '') {
      throw new BatonError('BAD_USAGE', 'A rejection needs a reason: --reason "…". The run is told it.', {
        request,
      });
    }
    return sendDecision(session, { ...options, request, option: 'reject' });
  },
});
