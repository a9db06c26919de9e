/** The author of an answer or of advice, as data. Separate from the envelope, which the sandbox does not need. */
import { z } from 'zod';
import type { Wire } from '../data/wire-schema.js';

/** The author of a statement, as the run knows it. A model cannot set this. */
export const SaidBy = z.object({
  by: z.string().describe('The name.'),
  identity: z
    .enum(['signed', 'gateway', 'claimed', 'agent', 'code'])
    .describe(
      'How it is known: of a person by their signature, by a service that signed them in, or by their own word alone; or that it was an agent, or code.',
    ),
});
export type SaidBy = Wire<typeof SaidBy>;
