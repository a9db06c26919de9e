/** The document of `baton show --handoff`: one handoff of a task. */
import { Instant, type Wire } from '../../contracts/data/wire-schema.js';
import { ContextManifest } from '../../contracts/handoff/context-manifest.js';
import { clarified, offer } from '../../contracts/wire/timeline.js';
import { z } from 'zod';
import { run } from './run-reference.js';

export const HandoffDocument = z
  .object({
    ...run,
    number: z.int().min(1).describe("Which of the run's handoffs and delegations, in their order."),
    of: z.int().min(1).describe('How many there have been so far.'),
    kind: z.enum(['delegated', 'handoff']).describe('Whether control comes back, or moves.'),
    at: Instant.describe('When it was offered.'),
    path: z.string().describe('Where in the run.'),
    ...offer,
    state: z
      .enum(['offered', 'accepted', 'declined', 'misrouted', 'sent-back', 'failed'])
      .describe('The state of the handoff.'),
    acceptance: z
      .object({
        at: Instant.describe('When.'),
        items: z.array(z.string()).describe('The required items that the receiver named, as `name@version`.'),
        owner: z.string().describe("The owner of the run's task since then."),
      })
      .optional()
      .describe('The acceptance by the receiver.'),
    clarifications: clarified.describe('The receiver’s questions before it accepted, with answers.'),
    refusal: z
      .object({
        at: Instant.describe('When.'),
        reason: z.string().describe('Why.'),
        to: z.string().optional().describe('The other receiver: the agent named, or the sender.'),
        code: z.string().optional().describe('The failure code, where a worker refused it.'),
      })
      .optional()
      .describe('Why the receiver does not have it.'),
    context: ContextManifest.optional().describe('The context of the receiver; absent until its first turn.'),
  })
  .describe('`baton show --handoff`: one handoff or delegation, and what was handed off.');
/** A delegation or a handoff of a run. */
export type HandoffStory = Wire<typeof HandoffDocument>;
