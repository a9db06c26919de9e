/** The budgets that travel with a task: what is left, and what a child agent may use. */
import { z } from 'zod';
import { Count, Instant, type Wire } from '../data/wire-schema.js';

/** The rest of a budget when a task is passed on. */
export const BudgetLeft = z.object({
  depth: Count.optional().describe('How often the task may still be handed off.'),
  turns: Count.optional().describe('Model calls.'),
  tokens: Count.optional().describe('Tokens that models read and wrote, together.'),
  cost: Count.optional().describe('Micro-units of the currency of the price table.'),
  until: Instant.optional().describe('When the time is up.'),
});
export type BudgetLeft = Wire<typeof BudgetLeft>;

/** A limit of a loan, its usage so far, and whose limit it is. */
export const LentLimit = z.object({
  limit: Count.describe('How much there is.'),
  used: Count.describe('How much of it is used already.'),
  whose: z.string().describe('The holder of the budget.'),
});
export type LentLimit = Wire<typeof LentLimit>;

const describeLent = (about: string) => LentLimit.optional().describe(about);

export const Loan = z
  .object({
    depth: describeLent('How often the task may be handed off.'),
    turns: describeLent('Model calls.'),
    tokens: describeLent('Tokens.'),
    cost: describeLent('Micro-units of the currency of the price table.'),
    until: z
      .object({
        at: z.number().describe('When the time is up, in milliseconds since 1970.'),
        limit: Count.describe('How long it was, in milliseconds.'),
        whose: z.string().describe('The holder of the budget.'),
      })
      .optional()
      .describe('Its time.'),
  })
  .describe('The part of the budgets above it that it may use.');
export type Loan = Wire<typeof Loan>;
