/** The tool that pays an expense, and the policies that say who must approve it. Plain data. */
import { approvalPolicy, compliance, irreversible, team, tool } from '@batonhq/baton';
import { z } from 'zod';

export const Expense = z.object({
  to: z.string().describe('Who gets the money.'),
  cents: z.int().positive(),
  purpose: z.string(),
});
export type Expense = z.infer<typeof Expense>;

/** Irreversible: Baton opens an approval request with the exact arguments before it runs. */
export const pay = tool({
  name: 'pay_expense',
  description: 'Pays an expense.',
  // Approvers read this first, beside the exact arguments.
  title: ({ to, cents, purpose }) => `Pay €${(cents / 100).toFixed(2)} to ${to} for ${purpose}`,
  input: Expense,
  output: z.object({ file: z.string() }),
  effect: 'irreversible',
  idempotency: 'keyed',
});

const LARGE_CENTS = 50_000;

export const till = team({
  name: 'till',
  agents: [],
  // The first policy that applies counts.
  approvals: [
    approvalPolicy({
      name: 'large-expenses',
      when: compliance(({ args }) => Expense.parse(args).cents > LARGE_CENTS),
      tools: [pay],
      roles: ['finance'],
      quorum: 2,
      remind: '1 day',
      deadline: '7 days',
      onExpiry: 'reject',
    }),
    approvalPolicy({ name: 'expenses', when: irreversible(), roles: ['finance'] }),
  ],
});
