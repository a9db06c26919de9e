/** The desk's orchestration: a ticket goes to triage, and then follows the agents' handoffs. */
import { orchestration } from '@batonhq/baton/workflow';
import { desk, Resolution, Ticket, triage } from './team.js';

/**
 * Resolves a customer's ticket. Ownership moves with each handoff, so the responsible agent always owns the
 * run. The last agent's resolution is the run's result. Money is paid back after a person has approved it.
 */
export const supportDesk = orchestration(
  { team: desk, input: Ticket, output: Resolution },
  async (ticket, { handoff }) => handoff(triage, ticket),
);
