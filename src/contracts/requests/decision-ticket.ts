/** The run's record of a decision. */
import { z } from 'zod';
import { AnyJson, Instant, type Wire } from '../data/wire-schema.js';

/** The run's record of a decision; the result of a `decide` update. */
export const DecisionTicket = z
  .object({
    request: z.string().describe('The id of the request.'),
    option: z.string().describe('The option that was chosen.'),
    reason: z.string().optional().describe('Why, in the words of who decided.'),
    by: z.string().describe('Who decided.'),
    identity: z
      .enum(['signed', 'gateway', 'claimed'])
      .describe(
        'How the decider is known: by their own signature, or that of a service that signed them in; `claimed` proves nothing.',
      ),
    kid: z.string().optional().describe('The key that signed.'),
    gateway: z.string().optional().describe('The service that speaks for who decided.'),
    votes: z
      .object({
        have: z.int().describe('How many have said so.'),
        need: z.int().describe('How many must.'),
      })
      .optional()
      .describe('Present where it takes more than one; as long as they are too few, the request waits.'),
    via: z.enum(['update', 'signal']).describe('How the decision came.'),
    decidedAt: Instant.describe('When it counted.'),
    digest: z
      .string()
      .optional()
      .describe('The digest of the action that was decided on; after an edit, of the new one.'),
    revision: z.int().min(2).optional().describe('For "edit": the revision that it made.'),
    to: z.string().optional().describe('For "redirect": to whom.'),
    answer: AnyJson.optional().describe('For "answer": what was answered.'),
    questions: z.array(z.string()).optional().describe('For "clarify" and "ask-back": what was asked.'),
  })
  .describe('The record of a decision: the answer to the update `decide`.');
export type DecisionTicket = Wire<typeof DecisionTicket>;
