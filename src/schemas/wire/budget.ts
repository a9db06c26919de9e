/** What a task may still use, as it travels with it. */
import { z } from 'zod';
import type { BudgetLeft as BudgetLeftType, Loan as LoanType } from '../../contracts/handoff/budget.js';
import { mirrorOf } from '../parts/mirror.js';
import { Count, Instant } from '../parts/parts.js';

export const BudgetLeft = mirrorOf<BudgetLeftType>()(
  z.object({
    depth: Count.optional().describe('How often the task may still be handed on.'),
    turns: Count.optional().describe('Model calls.'),
    tokens: Count.optional().describe('Tokens that models read and wrote, together.'),
    cost: Count.optional().describe('Micro-units of the currency of the price table.'),
    until: Instant.optional().describe('When the time is up.'),
  }),
);

const lent = (about: string) =>
  z
    .object({
      limit: Count.describe('How much there is.'),
      used: Count.describe('How much of it is used already.'),
      whose: z.string().describe('Whose it is.'),
    })
    .optional()
    .describe(about);

export const Loan = mirrorOf<LoanType>()(
  z
    .object({
      depth: lent('How often the task may be handed on.'),
      turns: lent('Model calls.'),
      tokens: lent('Tokens.'),
      cost: lent('Micro-units of the currency of the price table.'),
      until: z
        .object({
          at: z.number().describe('When the time is up, in milliseconds since 1970.'),
          limit: Count.describe('How long it was, in milliseconds.'),
          whose: z.string().describe('Whose it is.'),
        })
        .optional()
        .describe('Its time.'),
    })
    .describe('What it may use of the budgets that it stands under.'),
);
