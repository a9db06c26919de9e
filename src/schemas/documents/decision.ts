/** The document of a decision that is left with the server; one that counts prints its ticket. */
import { Decision } from '../../contracts/requests/decision.js';
import { z } from 'zod';

export const QueuedDecisionDocument = z
  .object({
    queued: z.literal(true).describe('It counts when a worker takes the run up.'),
    ...Decision.shape,
  })
  .describe('`baton approve --queue` and the like: a decision that waits for a worker.');
