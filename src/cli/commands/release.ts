/** `baton release`: gives a claimed request back. */
import { defineClaimCommand } from '../decisions/claim-command.js';

export const releaseCommand = defineClaimCommand({
  name: 'release',
  summary: 'give a request back that you have claimed',
});
