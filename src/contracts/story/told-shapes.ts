/**
 * The parts of an activity's input and result from which the narrator makes events. The schemas are lenient: a history
 * may come from another version.
 */
import { z } from 'zod';
import { ContextManifest } from '../handoff/context-manifest.js';
import { Counts } from '../wire/run-view.js';

/** A move. Only its kind is always there. */
export const Move = z.object({
  kind: z.string(),
  preview: z.string().optional(),
  output: z.json().optional(),
  to: z.string().optional(),
  problem: z.string().optional(),
  reason: z.string().optional(),
  questions: z.array(z.string()).optional(),
  handoffs: z.array(z.object({ to: z.string() })).optional(),
  calls: z.array(z.object({ tool: z.string(), preview: z.string() })).optional(),
});

const Cost = z.object({ amount: z.number(), currency: z.string(), prices: z.string() });
const Usage = z.object({ inputTokens: z.number(), outputTokens: z.number() });

/** One call of a model. */
export const ModelCall = z.object({
  turnKey: z.string(),
  agent: z.string(),
  questions: z.array(z.string()).optional(),
});

/** A model's answer. */
export const ModelAnswer = z.object({
  manifest: ContextManifest.optional().catch(undefined),
  move: Move,
  usage: Usage,
  model: z.string(),
  offline: z.boolean(),
  cost: Cost.optional(),
  unasked: z.boolean().optional(),
});

/** One call of a tool. */
export const ToolCall = z.object({
  step: z.string(),
  tool: z.string(),
  agent: z.string(),
  confidence: z.number().optional(),
});

/** A tool call's outcome. */
export const ToolAnswer = z.object({
  kind: z.string(),
  preview: z.string().optional(),
  message: z.string().optional(),
  begunAt: z.string().optional(),
});

/** A summary of a conversation. A model that made it counts as one of the run's calls. */
export const Summarized = z.object({ cost: Cost.optional(), model: z.string(), usage: Usage });

/** The task of a child agent. */
export const ChildTask = z.object({ agent: z.string(), path: z.string() });

/** A child agent's result, with its usage. */
export const ChildAnswer = z.object({
  result: Move,
  counts: Counts,
  models: z.array(z.string()),
  costs: z.array(Cost).optional(),
});
