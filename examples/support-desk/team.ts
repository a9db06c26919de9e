/** The support desk: its members, and the transitions of a ticket. Pure data, shared by worker, workflow and CLI. */
import { approvalPolicy, compliance, human, irreversible, team } from '@batonhq/baton';
import { z } from 'zod';
import { issueRefund } from './actions.js';
import { account } from './agents/account.js';
import { billing } from './agents/billing.js';
import { cashier } from './agents/cashier.js';
import { technical } from './agents/technical.js';
import { triage } from './agents/triage.js';
import { Resolution, TechnicalCase } from './shapes.js';
import { transitions } from './transitions.js';

export { triage };
export * from './shapes.js';

/** A person who replaces technical after it has failed for good. */
export const technician = human({
  name: 'technician',
  roles: ['support'],
  goal: 'Settle the case in place of the agent that could not.',
  input: TechnicalCase,
  output: Resolution,
});

const Amount = z.object({ cents: z.number() });

/** Every agent that pays money back for the desk needs these approvals, in every workflow. */
const approvals = [
  approvalPolicy({
    name: 'refunds-above-100',
    when: compliance(({ args }) => Amount.parse(args).cents > 10_000),
    tools: [issueRefund],
    roles: ['finance'],
    quorum: 2,
  }),
  approvalPolicy({ name: 'refunds', when: irreversible(), tools: [issueRefund], roles: ['finance'] }),
];

export const desk = team({
  name: 'support-desk',
  agents: [triage, technical, billing, cashier, account, technician],
  contracts: transitions,
  approvals,
  recovery: { alternatives: { technical: technician }, person: { roles: ['support'] } },
});
