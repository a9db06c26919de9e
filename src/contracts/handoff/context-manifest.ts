/** The parts of a receiver's context, and the parts that were dropped (spec H9). */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';

/** One possible part of a receiver's context, and whether it was included. */
export const ManifestPart = z.object({
  part: z.string().describe('Which part, e.g. `payload` or `history: 12 messages`.'),
  fate: z
    .enum(['kept', 'summarized', 'dropped', 'withheld', 'reference'])
    .describe('The outcome for this part; `withheld`: the contract excludes it.'),
  tokens: Count.describe(
    'As it was sent; of a dropped part as it would have been, and 0 where it never came to the receiver’s worker.',
  ),
  pinned: z.boolean().optional().describe('Whether it may never be left out.'),
});
export type ManifestPart = Wire<typeof ManifestPart>;

/** The parts of a receiver's context, one by one, and the parts that were dropped (spec H9). */
export const ContextManifest = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    id: z.string().describe('The id of the handoff.'),
    maxTokens: Count.optional().describe('The limit in tokens; absent without a limit.'),
    tokens: Count.describe('The tokens that were sent.'),
    countedBy: z.string().describe('How tokens were counted, e.g. `o200k_base`.'),
    parts: z.array(ManifestPart).describe('The parts of the context, each with its outcome.'),
  })
  .meta({
    id: 'ContextManifest',
    description: 'The context of a receiver: the parts it saw and the parts left out.',
  });
export type ContextManifest = Wire<typeof ContextManifest>;
