/** `baton claim`: says that you look into a request. */
import { defineClaimCommand } from '../decisions/claim-command.js';

export const claimCommand = defineClaimCommand({
  name: 'claim',
  summary: 'say that you look into a request; for 15 minutes, and others may decide all the same',
});
