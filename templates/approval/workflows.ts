/** The durable workflow: it waits for approvals for days, and survives every restart. No network, no files here. */
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { Expense, pay, till } from './team.js';

export const payExpense = orchestration(
  { team: till, input: Expense, output: z.object({ paid: z.boolean() }) },
  async (expense, { perform }) => {
    const payment = await perform(pay, expense); // pending until people approve, reject or edit it
    return { paid: payment.outcome !== 'rejected' };
  },
);
