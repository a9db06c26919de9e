/**
 * The outcome of a program. It is always a value, never an exception, so that an agent can read it and fix
 * its program.
 */
import { z } from 'zod';

const logs = z.array(z.string()).describe('The output of console.log, one entry a call; a long log is cut.');
const line = z
  .number()
  .int()
  .optional()
  .describe('The line of the source, counted from 1; absent when it is not known.');

export const ProgramOutcome = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('ok').describe('The program returned JSON.'),
    value: z.json().describe('The returned value.'),
    over: z
      .object({
        files: z.number().int().describe('How many files were counted.'),
        packages: z.number().int().describe('How many packages they belong to.'),
      })
      .optional()
      .describe('Over how much the facts were counted; absent when none were asked for.'),
    logs,
  }),
  z.object({
    outcome: z.literal('syntax-error').describe('The source is not JavaScript; nothing was executed.'),
    message: z.string().describe("The parser's words."),
    line,
  }),
  z.object({
    outcome: z
      .literal('threw')
      .describe(
        'The program threw, recursed too deeply, waits for ever, or returned something that is not JSON.',
      ),
    message: z.string().describe('The error, with its name.'),
    line,
    logs,
  }),
  z.object({
    outcome: z.literal('timeout').describe('The program did not end in time and was stopped.'),
    ms: z.number().int().describe('The time limit, in milliseconds.'),
    logs,
  }),
  z.object({
    outcome: z.literal('out-of-memory').describe('The program wanted more memory than it may have.'),
    bytes: z.number().int().describe('The memory limit, in bytes.'),
    logs,
  }),
  z.object({
    outcome: z.literal('output-too-large').describe('The result is JSON, but too much of it.'),
    bytes: z.number().int().describe('How large the result is at least, in bytes.'),
    limit: z.number().int().describe('How large it may be, in bytes.'),
    logs,
  }),
]);
export type ProgramOutcome = z.infer<typeof ProgramOutcome>;
