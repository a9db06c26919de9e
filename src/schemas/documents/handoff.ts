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
      .describe('What has become of it.'),
    acceptance: z
      .object({
        at: Instant.describe('When.'),
        items: z.array(z.string()).describe('The required items that the receiver named, as `name@version`.'),
        owner: z.string().describe("Who is responsible for the run's task since."),
      })
      .optional()
      .describe('How the receiver took it on.'),
    clarifications: clarified.describe('What the receiver asked before, each with its answer.'),
    refusal: z
      .object({
        at: Instant.describe('When.'),
        reason: z.string().describe('Why.'),
        to: z.string().optional().describe('Whom it goes to instead: the one named, or the sender.'),
        code: z.string().optional().describe('The failure code, where a worker refused it.'),
      })
      .optional()
      .describe('Why the receiver does not have it.'),
    context: ContextManifest.optional().describe(
      'What the receiver was given to read; absent until it was asked.',
    ),
  })
  .describe('`baton show --handoff`: one handoff or delegation, and what was handed off.');
/** A delegation or a handoff of a run. */
export type HandoffStory = Wire<typeof HandoffDocument>;
