/** A counted number: the sentence that states it, and everything needed to count it again. */
import { z } from 'zod';
import { FactsRequest } from './facts.js';

export const Computation = z.object({
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .describe(
      'Short, of letters, digits and hyphens, unique in the run, e.g. the id of the subtask. Its mark is [count:id].',
    ),
  claim: z.string().describe('The answer with its number, in one or two sentences.'),
  says: z.string().describe('The things that the program counts, and where, in a sentence.'),
  program: z.string().describe('Its name, e.g. "rank-packages"; "own" when you wrote it.'),
  call: z
    .object({
      source: z.string().min(1).max(50_000).describe('The program exactly as it ran.'),
      data: z.json().optional().describe('Its data exactly as the program got them.'),
      facts: FactsRequest.optional().describe('The facts that were asked for.'),
    })
    .describe('The call of run_program that gave the number, for the reviewer to repeat.'),
  number: z.number().nullable().describe('The number; null without one.'),
  rows: z
    .array(
      z.object({
        name: z.string().describe('The thing that was counted.'),
        number: z.number().describe('Its number.'),
      }),
    )
    .max(10)
    .describe('The rows behind the number, best first; may be empty.'),
});
export type Computation = z.infer<typeof Computation>;

export const Counted = z.object({
  subtask: z.string().describe('The id of the subtask.'),
  computations: z.array(Computation).max(4).describe('The counts; empty when nothing could be counted.'),
  gaps: z.array(z.string()).describe('The things that could not be counted, and why.'),
});
export type Counted = z.infer<typeof Counted>;

/** The mark by which an answer refers to a computation. */
export function countMark(id: string): string {
  return `[count:${id}]`;
}
