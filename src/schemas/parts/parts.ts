/** The small parts that most published schemas are made of. */
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import type { Cost as CostType } from '../../contracts/definitions/price.js';
import { mirrorOf } from './mirror.js';

/** A moment by UTC, which sorts as text. */
export const Instant = z.iso
  .datetime()
  .meta({ id: 'Instant', description: 'A moment: UTC, ISO 8601, in milliseconds.' });

/** Any JSON value: its schema is the one that admits everything. */
export const AnyJson = z.unknown() as z.ZodType<Json>;

export const Code = z
  .enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'A failure code; docs/errors.md has a section for each.' });

export const Count = z.int().min(0);

export const Cost = mirrorOf<CostType>()(
  z
    .object({
      amount: Count.describe('Micro-units: 1,000,000 is one unit of the currency.'),
      currency: z.string().describe('ISO 4217, e.g. `USD`.'),
      prices: z.string().describe('The version of the price table that it was counted by.'),
    })
    .meta({ id: 'Cost', description: 'What model calls cost.' }),
);
