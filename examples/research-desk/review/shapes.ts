/** The reviewer's input, and its verdicts. */
import { z } from 'zod';
import { Computation } from '../code/computation.js';
import { CitationRange } from '../shapes.js';

export const Statement = z.object({
  id: z.string().describe('Unique in the report, e.g. "c3".'),
  text: z.string().describe('The statement, without its mark.'),
  code: z.string().optional().describe('The example that stands below it.'),
  mark: z.string().describe('The mark as written; empty for a statement without one.'),
  start: z.number().int().describe('Where it begins in the answer, in characters.'),
  end: z.number().int().describe('Where it ends, its mark and example included.'),
});
export type Statement = z.infer<typeof Statement>;

export const Source = z.object({
  mark: z.string().describe('The mark that names it.'),
  text: z
    .string()
    .nullable()
    .describe('The text at this place, read again just now; null when the place is empty.'),
  problem: z.string().optional().describe('Why there is nothing.'),
  citation: CitationRange.optional().describe('Present for lines of a file or a page.'),
  count: z
    .object({
      id: z.string().describe('The computation.'),
      result: z.json().describe('The result of its program when it ran again.'),
      files: z.number().int().describe('How many files were counted.'),
      packages: z.number().int().describe('How many packages they belong to.'),
    })
    .optional()
    .describe('Present for a count.'),
});
export type Source = z.infer<typeof Source>;

export const Claim = Statement.omit({ start: true, end: true }).extend({
  evidence: Source.shape.text.describe('The text behind the mark; null when the place is empty.'),
  problem: Source.shape.problem,
});
export type Claim = z.infer<typeof Claim>;

export const ReviewTask = z.object({
  question: z.string().describe("The reader's question."),
  claims: z.array(Claim).describe('Every statement of the report with its evidence.'),
});
export type ReviewTask = z.infer<typeof ReviewTask>;

export const Verdict = z.object({
  claim: z.string().describe('The id of the statement.'),
  supported: z.boolean().describe('Whether the evidence alone says what the statement says.'),
  why: z.string().describe('The part of the evidence that supports it, or the difference, in a sentence.'),
});
export type Verdict = z.infer<typeof Verdict>;

export const Review = z.object({
  verdicts: z.array(Verdict).describe('One for every statement, in their order.'),
});
export type Review = z.infer<typeof Review>;

export const CheckedCount = Computation.extend({
  result: z.json().describe('The result of its program when it ran again.'),
  files: z.number().int().describe('How many files were counted.'),
  packages: z.number().int().describe('How many packages they belong to.'),
});
export type CheckedCount = z.infer<typeof CheckedCount>;
