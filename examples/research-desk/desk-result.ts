/** The result of a run of the desk. */
import { z } from 'zod';
import { Sending } from './mail/deliver.js';
import { CheckedCount } from './review/shapes.js';
import { CheckedCitation, PlannedSubtask } from './shapes.js';

export const DeskResult = z.object({
  question: z.string().describe("The reader's question."),
  plan: z
    .object({
      rationale: z.string().describe('Why the question was divided like this.'),
      subtasks: z
        .array(
          PlannedSubtask.extend({
            state: z
              .enum(['waiting', 'working', 'done', 'failed', 'skipped', 'replaced'])
              .describe('Its final state.'),
            why: z.string().optional().describe('Why it was not done.'),
          }),
        )
        .describe('Its parts with their states, replacements of failed parts included.'),
    })
    .describe('How the question was divided, and the state of each part.'),
  answer: z.string().describe('The answer in Markdown, with marks [file:start-end] and [count:id].'),
  citations: z.array(CheckedCitation).describe('The text of each cited range, as it stands in the files.'),
  counts: z.array(CheckedCount).describe('The programs behind the marks [count:id], run once more.'),
  review: z
    .object({
      rounds: z.number().int().describe('How often the reviewer read the report.'),
      checked: z.number().int().describe('How many statements the last review read.'),
      sentBack: z
        .array(z.object({ claim: z.string().describe('The statement.'), why: z.string().describe('Why.') }))
        .describe('The statements that were sent back to the writer, in all rounds.'),
      withdrawn: z.array(z.string()).describe('The statements that were removed in the end, and why.'),
    })
    .describe("The reviewer's result."),
  missing: z
    .array(z.string())
    .describe('The gaps: questions without an answer, failed subtasks, withdrawn statements.'),
  ...Sending.shape,
});
export type DeskResult = z.infer<typeof DeskResult>;
