/** Who gave an answer or an advice, as data: apart from the envelope, which the sandbox has no need of. */
import { z } from 'zod';
import type { Wire } from '../data/wire-schema.js';

/** Who said something, as the run knows it. No model can write that. */
export const SaidBy = z.object({
  by: z.string().describe('The name.'),
  identity: z
    .enum(['signed', 'gateway', 'claimed', 'agent', 'code'])
    .describe(
      'How it is known: of a person by their signature, by a service that signed them in, or by their own word alone; or that it was an agent, or code.',
    ),
});
export type SaidBy = Wire<typeof SaidBy>;
