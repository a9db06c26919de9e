/** The home of a run: the store of its texts, and the workers for its agents. */
import { z } from 'zod';
import type { Wire } from '../data/wire-schema.js';

export const RunHome = z
  .object({
    store: z.string().describe('The identity of the store in which the conversations of the run lie.'),
    provider: z
      .literal(true)
      .optional()
      .describe('Present where the run began with a provider: a worker without one leaves its agents alone.'),
  })
  .describe('What a worker must have to take steps of a run; told by the worker that began it.');
export type RunHome = Wire<typeof RunHome>;

export const home = RunHome.optional().describe(
  'What the worker must have to take the step. Absent in runs of older versions.',
);
