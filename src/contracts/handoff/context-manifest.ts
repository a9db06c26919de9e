/** The parts of a receiver's context, and the parts that were dropped (spec H9). */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';

/** One possible part of a receiver's context, and whether it was included. */
export const ManifestPart = z.object({
  part: z.string().describe('Which part, e.g. `payload` or `history: 12 messages`.'),
  fate: z
    .enum(['kept', 'summarized', 'dropped', 'withheld', 'reference'])
    .describe('What became of it; `withheld`: the contract does not give it.'),
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
    maxTokens: Count.optional().describe('What it had to fit into; absent where nothing bounded it.'),
    tokens: Count.describe('What was sent.'),
    countedBy: z.string().describe('How tokens were counted, e.g. `o200k_base`.'),
    parts: z.array(ManifestPart).describe('What could have been shown, and what became of it.'),
  })
  .meta({
    id: 'ContextManifest',
    description: 'What a receiver was given to read, and what was left out.',
  });
export type ContextManifest = Wire<typeof ContextManifest>;
