/** The result of a run of the desk. */
import { z } from 'zod';
import { Sending } from './mail/deliver.js';
import { CheckedCount } from './review/shapes.js';
import { CheckedCitation, PlannedSubtask } from './shapes.js';

export const DeskResult = z.object({
  question: z.string().describe('What was asked.'),
  plan: z
    .object({
      rationale: z.string().describe('Why the question was divided like this.'),
      subtasks: z
        .array(
          PlannedSubtask.extend({
            state: z
              .enum(['waiting', 'working', 'done', 'failed', 'skipped', 'replaced'])
              .describe('What became of it.'),
            why: z.string().optional().describe('Why it was not done.'),
          }),
        )
        .describe('Its parts with their fates; what stood in for a failed one too.'),
    })
    .describe('How the question was divided, and what became of the parts.'),
  answer: z.string().describe('The answer in Markdown, with marks [file:start-end] and [count:id].'),
  citations: z.array(CheckedCitation).describe('What the marks point at, as it stands in the files.'),
  counts: z.array(CheckedCount).describe('What the marks [count:id] point at: programs, run once more.'),
  review: z
    .object({
      rounds: z.number().int().describe('How often the reviewer read the report.'),
      checked: z.number().int().describe('How many statements the last review read.'),
      sentBack: z
        .array(z.object({ claim: z.string().describe('The statement.'), why: z.string().describe('Why.') }))
        .describe('What was sent back to the writer, in all rounds.'),
      withdrawn: z.array(z.string()).describe('What was taken out in the end, and why.'),
    })
    .describe('What the reviewer made of the report.'),
  missing: z.array(z.string()).describe('What the documents do not answer, what failed, what was withdrawn.'),
  ...Sending.shape,
});
export type DeskResult = z.infer<typeof DeskResult>;
