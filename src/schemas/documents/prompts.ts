/** The document of `baton show --prompt`. */
import { z } from 'zod';
import type { Wire } from '../../contracts/data/wire-schema.js';
import { ModelCall, Prompt } from '../../contracts/wire/prompts.js';

export const PromptsDocument = z
  .object({
    workflowId: z.string().describe("The run's id."),
    calls: z.array(ModelCall).describe('The calls of models that the store has, in their order.'),
    prompt: Prompt.exactOptional().describe('The call of the named step; absent with `--prompt list`.'),
  })
  .describe('`baton show --prompt`: what the models of a run were sent, and what they answered.');
export type RunPrompts = Wire<typeof PromptsDocument>;
