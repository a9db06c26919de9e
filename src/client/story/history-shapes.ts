/**
 * What Baton's activities and child agents are given and give back, as far as a story needs it. Read leniently: a
 * history may come from another version.
 */
import { z } from 'zod';
import { Cost, Move, Usage } from '../../contracts/story/told-shapes.js';
import { TimelineEvent, type Told } from '../../contracts/wire/timeline.js';

/** A conversation was made shorter for somebody; where a model did it, it counts as one of the run's calls. */
export const Summarized = z.object({ cost: Cost.optional(), model: z.string(), usage: Usage });

export const ChildTask = z.object({ agent: z.string(), path: z.string() });

export const ChildAnswer = z.object({
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

const ToldShape = z.object({ n: z.int().min(0), event: TimelineEvent });

/** What the run said of itself; what cannot be read is passed over. */
export function readTold(value: unknown): Told[] {
  const all: unknown[] = Array.isArray(value) ? value : [];
  return all.flatMap((each) => (ToldShape.safeParse(each).data as Told | undefined) ?? []);
}

/** A search attribute is a list, also where it holds one value. */
export function readFirstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}
