/**
 * What Baton's activities and specialists are given and give back, as far as a story needs it. Read leniently: a
 * history may come from another version.
 */
import { z } from 'zod';
import { preview } from '../../contracts/data/preview.js';

const Move = z.object({
  kind: z.string(),
  preview: z.string().optional(),
  output: z.json().optional(),
  to: z.string().optional(),
  contract: z.string().optional(),
  problem: z.string().optional(),
  reason: z.string().optional(),
  code: z.string().optional(),
  questions: z.array(z.string()).optional(),
  handoffs: z.array(z.object({ to: z.string() })).optional(),
  calls: z.array(z.object({ tool: z.string(), preview: z.string() })).optional(),
});
export type MoveShape = z.infer<typeof Move>;

const Trigger = z.enum([
  'specialization',
  'parallelization',
  'error-recovery',
  'privilege',
  'domain-completion',
]);
const RoutedBy = z.enum([
  'code',
  'agent',
  'person',
  'rules',
  'classifier',
  'similarity',
  'fallback',
  'misrouted',
  'recovery',
]);

/** What of an envelope the story tells. */
const Told = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  control: z.enum(['delegate', 'handoff']),
  trigger: Trigger,
  routing: z.object({
    by: RoutedBy,
    router: z.string().exactOptional(),
    confidence: z.number().exactOptional(),
    reason: z.string().exactOptional(),
  }),
  contract: z.object({ name: z.string(), version: z.number(), schema: z.string().exactOptional() }),
  input: z.json(),
  required: z.array(z.unknown()).optional(),
  granted: z.array(z.string()).exactOptional(),
  guidance: z.string().exactOptional(),
});
export type ToldShape = z.infer<typeof Told>;

const Entries = z.array(z.unknown());
const Returned = z.object({ reason: z.string().optional(), problem: z.string().optional() });

/** Why what an agent handed over came back to it, and from whom. */
export function sentBackIn(
  entries: readonly unknown[],
): { readonly to: string; readonly reason: string } | undefined {
  for (const entry of entries) {
    const { reason, problem } = Returned.safeParse(entry).data ?? {};
    const said = reason ?? problem ?? '';
    const to = /^Not handed over to (?<to>[^:]+):/.exec(said)?.groups?.['to'];
    if (to !== undefined) return { to, reason: said };
  }
  return undefined;
}

/** The envelope, where work begins with it. */
export function envelopeIn(entries: readonly unknown[]): ToldShape | undefined {
  return entries.flatMap((entry) => Told.safeParse(entry).data ?? [])[0];
}

export const ModelCall = z.object({
  turnKey: z.string(),
  agent: z.string(),
  entries: Entries,
  questions: z.array(z.string()).optional(),
});

const Cost = z.object({ amount: z.number(), currency: z.string(), prices: z.string() });

/** What an agent was given to read. */
const Manifest = z.object({
  v: z.literal(1),
  id: z.string(),
  maxTokens: z.number().exactOptional(),
  tokens: z.number(),
  countedBy: z.string(),
  parts: z.array(
    z.object({
      part: z.string(),
      fate: z.enum(['kept', 'summarized', 'dropped', 'withheld', 'reference']),
      tokens: z.number(),
      pinned: z.boolean().exactOptional(),
    }),
  ),
});

export const ModelAnswer = z.object({
  manifest: Manifest.optional().catch(undefined),
  move: Move,
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  model: z.string(),
  offline: z.boolean(),
  cost: Cost.optional(),
  acknowledged: z.array(z.string()).optional(),
  unasked: z.boolean().optional(),
});
export type ModelAnswer = z.infer<typeof ModelAnswer>;

export const ToolCall = z.object({ step: z.string(), tool: z.string(), agent: z.string() });

export const ToolAnswer = z.object({
  kind: z.enum(['done', 'failed', 'unknown-outcome']),
  preview: z.string().optional(),
  message: z.string().optional(),
  begunAt: z.string().optional(),
});

export const Summarized = z.object({
  cost: Cost.optional(),
  model: z.string(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
});

export const SpecialistTask = z.object({
  agent: z.string(),
  path: z.string(),
  start: z.object({ entries: Entries }),
});

export const SpecialistAnswer = z.object({
  result: Move,
  acknowledged: z.array(z.string()).optional(),
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

const Given = z.union([
  z.object({ turnKey: z.string(), entries: Entries }),
  z.object({ path: z.string(), start: z.object({ entries: Entries }) }),
]);

/** The envelope that an agent, inline or in a workflow of its own, is given, and where. */
export function envelopeGiven(
  input: unknown,
): { readonly path: string; readonly envelope: ToldShape } | undefined {
  const given = Given.safeParse(input).data;
  if (!given) return undefined;
  const inline = 'turnKey' in given;
  const path = inline ? given.turnKey.replace(/\/turn-\d+$/, '') : given.path;
  const envelope = envelopeIn(inline ? given.entries : given.start.entries);
  return envelope && { path, envelope };
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
    case 'fan-out':
      return `hands over to ${(move.handoffs ?? []).map(({ to }) => to).join(', ')} at the same time`;
    case 'acknowledged':
      return 'takes the task on';
    case 'clarify':
      return `asks first: ${preview((move.questions ?? []).join(' '), 80)}`;
    case 'decline':
      return `declines: ${preview(move.reason, 80)}`;
    case 'misrouted':
      return `says ${move.to ?? ''} should have it: ${preview(move.reason, 80)}`;
    case 'redirected':
      return `the task goes to ${move.to ?? ''}`;
    default:
      return `unusable: ${preview(move.problem, 80)}`;
  }
}

/** A search attribute is a list, also where it holds one value. */
export function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}
