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
  .describe('The requirements on a worker that takes steps of a run, set by its first worker.');
export type RunHome = Wire<typeof RunHome>;

export const home = RunHome.optional().describe(
  'The requirements on the worker of the step. Absent in runs of older versions.',
);
