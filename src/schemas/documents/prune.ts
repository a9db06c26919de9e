/** The document of `baton prune`. */
import { z } from 'zod';
import { Count, Instant, type Wire } from '../../contracts/data/wire-schema.js';

export const PrunedRun = z.object({
  root: z.string().describe('The name of the run in the store.'),
  workflowId: z.string().exactOptional().describe("The run's id; absent where the server does not know it."),
  workflow: z.string().exactOptional().describe('Its workflow type.'),
  endedAt: Instant.exactOptional().describe('When it ended.'),
  bytes: Count.describe('How much text there was, in bytes.'),
  exported: z.string().exactOptional().describe('Where its histories are now.'),
});
export type PrunedRun = Wire<typeof PrunedRun>;

export const PruneDocument = z
  .object({
    dryRun: z.boolean().describe('Whether this only lists deletions.'),
    pruned: z.array(PrunedRun).describe('The runs whose texts were deleted.'),
    kept: Count.describe('How many runs still have texts in the store.'),
  })
  .describe('`baton prune`: the runs whose texts were taken out of the store.');
export type PruneReport = Wire<typeof PruneDocument>;
