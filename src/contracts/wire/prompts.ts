/** The calls of models in a run: what each was sent, and what it answered. Read from the store, never from the history. */
import { z } from 'zod';
import { Count, Instant, type Wire } from '../data/wire-schema.js';

export const SECTIONS = [
  'system-prompt',
  'tools',
  'output-schema',
  'context',
  'task',
  'message',
  'repair',
  'tool-result',
  'earlier-answer',
] as const;

/** One call of a model. */
export const ModelCall = z.object({
  number: z.int().min(1).describe("Which of the run's kept calls, from 1."),
  step: z.string().describe("The step: the agent's path and the turn."),
  agent: z.string().describe('The agent.'),
  model: z.string().describe("The model that answered, by the provider's name."),
  at: Instant.describe('When it answered.'),
  inputTokens: Count.describe('The tokens of the request, as the provider counted them.'),
  outputTokens: Count.describe('The tokens of the answer, as the provider counted them.'),
});
export type ModelCall = Wire<typeof ModelCall>;

/** A part of a request. */
export const PromptSection = z.object({
  section: z
    .enum(SECTIONS)
    .describe(
      'The part of the request. `context` quotes an earlier conversation, and `task` is the task with what was handed off.',
    ),
  tokens: Count.describe('Its tokens, counted by `countedBy`.'),
  text: z.string().describe('Its text. Tools and schemas are JSON.'),
});
export type PromptSection = Wire<typeof PromptSection>;

/** A call with its texts. */
export const Prompt = ModelCall.extend({
  tokens: Count.describe('The tokens of all sections.'),
  countedBy: z.string().describe('The tokenizer.'),
  sections: z.array(PromptSection).describe('The request, in the order in which it was sent.'),
  answer: z.string().describe('The text of the answer. Calls of tools are JSON, one a line.'),
});
export type Prompt = Wire<typeof Prompt>;
