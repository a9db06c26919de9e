/** The tool `run_program`, as agents see it. */
import { tool } from '@batonhq/baton';
import { z } from 'zod';
import { FactsRequest } from './facts.js';
import { ProgramOutcome } from './outcome.js';

export const runProgramTool = tool({
  name: 'run_program',
  description: [
    'Executes JavaScript and gives what it returned: for counting, sorting and arithmetic, where a number must be right.',
    'The source is an expression, or the body of an async function that ends with "return value;", where the value is JSON.',
    'It sees one constant, input = { data, facts }, and console.log. There are no files, no network, no modules and no timers; it has 2 seconds, 64 MB, and 64 kB of result.',
    'Ask for "facts" to get counts of terms over the corpus: facts.packages[] = { name, direct, files, lines, declarations, counts: [{ files, lines, times }] } and facts.files[] = { file, package, lines, counts: [{ lines, times }] }, where counts are in the order of the terms.',
    'When the outcome is not "ok", fix the program and call again.',
  ].join(' '),
  input: z.object({
    source: z.string().min(1).max(50_000).describe('The program, e.g. "input.data.map((n) => n * n)".'),
    data: z.json().optional().describe('The value of input.data in the program; null by default.'),
    facts: FactsRequest.optional().describe('The facts to count for input.facts; null by default.'),
  }),
  output: ProgramOutcome,
  effect: 'read',
  timeoutSeconds: 120,
});
export type RunProgramInput = z.infer<typeof runProgramTool.input>;
