/** The desk's one orchestration: a ticket goes to triage, and from there wherever the agents hand it. */
import { orchestration } from '@batonhq/baton/workflow';
import { desk, Resolution, Ticket, triage } from './team.js';

/**
 * Settles a customer's ticket. Control moves with each handoff, so the run always has the agent that answers for it as
 * its owner; the last one's resolution is the run's result. Money is paid back after a person has agreed.
 */
export const supportDesk = orchestration(
  { team: desk, input: Ticket, output: Resolution },
  async (ticket, { handoff }) => handoff(triage, ticket),
);
