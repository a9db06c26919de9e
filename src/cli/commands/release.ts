/** `baton release`: gives a claimed request back. */
import { claimingCommand } from '../decisions/claim-command.js';

export const releaseCommand = claimingCommand({
  name: 'release',
  summary: 'give a request back that you have claimed',
});
