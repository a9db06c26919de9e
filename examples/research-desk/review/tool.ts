/** The tool `read_evidence`: returns the real text behind the marks of an answer. */
import { tool } from '@batonhq/baton';
import { z } from 'zod';
import { Computation } from '../code/computation.js';
import { Report } from '../shapes.js';
import { Source, Statement } from './shapes.js';

export const readEvidence = tool({
  name: 'read_evidence',
  description:
    'Takes an answer apart into its statements and reads again what each one cites: the lines in their file, the page at its address, the result of running its program once more.',
  input: z.object({
    answer: Report.shape.answer,
    citations: Report.shape.citations,
    computations: z.array(Computation).describe('The computations that the marks [count:id] name.'),
  }),
  output: z.object({
    statements: z.array(Statement).describe('The statements in their order.'),
    sources: z.array(Source).describe('The text behind each mark, each once.'),
    quoted: z
      .array(z.string())
      .describe(
        'Marks that the answer quotes from what it cites; they are text, and part of the statements.',
      ),
  }),
  effect: 'read',
  untrusted: true,
  timeoutSeconds: 180,
});
