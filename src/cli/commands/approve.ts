/** `baton approve`: lets what waits happen. */
import {
  defineDecisionCommand,
  DecisionOptions,
  DIGEST,
  Digest,
  NOTE,
} from '../decisions/decision-command.js';
import { sendDecision } from '../decisions/send-decision.js';

export const approveCommand = defineDecisionCommand({
  name: 'approve',
  summary: 'approve what a run waits for',
  options: [NOTE, DIGEST],
  schema: DecisionOptions.extend({ digest: Digest }),
  examples: [
    'baton approve hello-1a2b3c4d/0123456789abcdef01234567',
    'baton approve pay-1a2b3c4d/0123456789abcdef01234567 --digest 5f0c1d2e3a4b',
    'baton approve hello-1a2b3c4d/0123456789abcdef01234567 --queue',
  ],
  run: (session, { digest, ...options }) =>
    sendDecision(session, { ...options, option: 'approve', ...(digest === undefined ? {} : { digest }) }),
});
