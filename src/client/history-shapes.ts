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

const Cost = z.object({ amount: z.number(), currency: z.string(), prices: z.string() });

export const ModelAnswer = z.object({
  move: Move,
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  model: z.string(),
  offline: z.boolean(),
  cost: Cost.optional(),
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
  costs: z.array(Cost).optional(),
});

/** A router by similarity is asked. */
export const Scoring = z.object({
  path: z.string(),
  destinations: z.array(z.unknown()),
  sureness: z.object({ atLeast: z.number(), margin: z.number() }),
});

export const Scored = z.object({ scores: z.record(z.string(), z.number()), method: z.string().optional() });

/** What a classifier's model answers. */
export const Classified = z.object({ destination: z.string(), confidence: z.number(), reason: z.string() });

const RoutedTask = z.object({
  kind: z.literal('task'),
  to: z.string(),
  routing: z.object({
    by: z.enum(['rules', 'classifier', 'similarity', 'person', 'fallback']),
    /** Absent where no router was asked. */
    router: z.string(),
    confidence: z.number().optional(),
    reason: z.string().optional(),
  }),
});
export type RoutedTask = z.infer<typeof RoutedTask>;

const Entries = z.array(z.unknown());
const TaskGiven = z.union([
  z.object({ turnKey: z.string(), entries: Entries }),
  z.object({ path: z.string(), start: z.object({ entries: Entries }) }),
]);

/** The task that an agent, inline or in a workflow of its own, is given because a router chose it. */
export function routedTaskIn(
  input: unknown,
): { readonly path: string; readonly task: RoutedTask } | undefined {
  const given = TaskGiven.safeParse(input).data;
  if (!given) return undefined;
  const inline = 'turnKey' in given;
  const path = inline ? given.turnKey.replace(/\/turn-\d+$/, '') : given.path;
  const entries = inline ? given.entries : given.start.entries;
  const [task] = entries.flatMap((entry) => RoutedTask.safeParse(entry).data ?? []);
  return task && { path, task };
}

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
