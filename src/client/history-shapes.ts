/**
 * What Baton's activities and specialists are given and give back, as far as a story needs it. Read leniently: a
 * history may come from another version.
 */
import { z } from 'zod';
import { preview } from '../contracts/preview.js';

const Move = z.object({
  kind: z.string(),
  preview: z.string().optional(),
  output: z.json().optional(),
  to: z.string().optional(),
  contract: z.string().optional(),
  problem: z.string().optional(),
  calls: z.array(z.object({ tool: z.string(), preview: z.string() })).optional(),
});
export type MoveShape = z.infer<typeof Move>;

const Task = z.object({
  input: z.json().optional(),
  handedOverBy: z.string().optional(),
  redirectedBy: z.string().optional(),
});
export type TaskShape = z.infer<typeof Task>;

export const ModelCall = z.object({
  turnKey: z.string(),
  agent: z.string(),
  entries: z.array(Task.extend({ kind: z.string() })),
});

export const ModelAnswer = z.object({
  move: Move,
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  model: z.string(),
  offline: z.boolean(),
});
export type ModelAnswer = z.infer<typeof ModelAnswer>;

export const ToolCall = z.object({ step: z.string(), tool: z.string(), agent: z.string() });

export const ToolAnswer = z.object({
  kind: z.enum(['done', 'failed', 'unknown-outcome']),
  preview: z.string().optional(),
  message: z.string().optional(),
  begunAt: z.string().optional(),
});

export const SpecialistTask = Task.extend({ agent: z.string(), path: z.string() });

export const SpecialistAnswer = z.object({
  result: Move,
  counts: z.object({
    modelCalls: z.number(),
    toolCalls: z.number(),
    handoffs: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
  }),
  models: z.array(z.string()),
});

/** A move in the words in which the run's own timeline has it. */
export function moveInWords(move: MoveShape): string {
  switch (move.kind) {
    case 'finish':
      return `finished: ${move.preview ?? ''}`;
    case 'handoff':
      return `hands over to ${move.to ?? ''}`;
    case 'tools': {
      const calls = (move.calls ?? []).map(({ tool, preview: shown }) => `${tool}(${preview(shown, 60)})`);
      return `calls ${calls.join(', ') || 'nothing that may be carried out'}`;
    }
    case 'redirected':
      return `the task goes to ${move.to ?? ''}`;
    default:
      return `unusable: ${preview(move.problem, 80)}`;
  }
}
