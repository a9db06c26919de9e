/** The support desk: who is on it, and how a ticket may pass between them. Pure data; every side reads this file. */
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

/** Does what technical does, where that fails for good. */
export const technician = human({
  name: 'technician',
  roles: ['support'],
  goal: 'Settle the case in place of the agent that could not.',
  input: TechnicalCase,
  output: Resolution,
});

const Amount = z.object({ cents: z.number() });

/** Whoever pays money back for the desk asks the same people, whatever a workflow says. */
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
