/**
 * What the narrator reads of what Baton's activities are given and give back. Lenient: a history may come from another
 * version.
 */
import { z } from 'zod';
import { ContextManifest } from '../handoff/context-manifest.js';

/** What of a move is told: nothing but its kind is sure. */
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

export const Cost = z.object({ amount: z.number(), currency: z.string(), prices: z.string() });
export const Usage = z.object({ inputTokens: z.number(), outputTokens: z.number() });

/** What of what a model was asked is told. */
export const ModelCall = z.object({
  turnKey: z.string(),
  agent: z.string(),
  questions: z.array(z.string()).optional(),
});

/** What of a model's answer is told. */
export const ModelAnswer = z.object({
  manifest: ContextManifest.optional().catch(undefined),
  move: Move,
  usage: Usage,
  model: z.string(),
  offline: z.boolean(),
  cost: Cost.optional(),
  unasked: z.boolean().optional(),
});

/** What of a tool call is told. */
export const ToolCall = z.object({
  step: z.string(),
  tool: z.string(),
  agent: z.string(),
  confidence: z.number().optional(),
});

/** What became of a tool call. */
export const ToolAnswer = z.object({
  kind: z.string(),
  preview: z.string().optional(),
  message: z.string().optional(),
  begunAt: z.string().optional(),
});
