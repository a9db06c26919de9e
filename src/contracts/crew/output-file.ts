/** The tool that writes a crew's output to a file. Every worker implements it, within its output folder. */
import { z } from 'zod';
import type { ToolDefinition } from '../definitions/tool.js';

const Input = z.object({
  path: z.string().min(1).describe('Below the folder for outputs, e.g. `reports/ai.md`.'),
  content: z.string().describe('All that the file is to hold.'),
});
const Output = z.object({
  path: z.string().describe('Where it was written, below the folder.'),
  bytes: z.int(),
});

/** Not made by `tool`, which would register it: every worker has this tool, no matter what it loads. */
export const writeCrewOutput: ToolDefinition<
  'write_crew_output',
  z.infer<typeof Input>,
  z.infer<typeof Output>,
  'idempotent'
> = Object.freeze({
  kind: 'tool',
  name: 'write_crew_output',
  description: "Writes the output of a crew's task into a file of the worker's folder for outputs.",
  input: Input,
  output: Output,
  effect: 'idempotent',
  risk: 'low',
  idempotency: 'none',
  timeoutSeconds: 60,
});
