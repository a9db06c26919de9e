/** The cost of model calls. */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';

/** The cost of model calls: whole micro-units of one currency, by one version of the price table. */
export const Cost = z
  .object({
    amount: Count.describe('Micro-units: 1,000,000 is one unit of the currency.'),
    currency: z.string().describe('ISO 4217, e.g. `USD`.'),
    prices: z.string().describe('The version of the price table that it was counted by.'),
  })
  .meta({ id: 'Cost', description: 'The cost of model calls.' });
export type Cost = Wire<typeof Cost>;
