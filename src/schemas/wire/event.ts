/** An event of a timeline: what all of them say, and their own. */
import { z } from 'zod';
import { Instant } from '../parts/parts.js';

export function event<Kind extends string, Shape extends z.ZodRawShape>(
  kind: Kind,
  about: string,
  shape: Shape,
) {
  return z
    .object({
      kind: z.literal(kind).describe(about),
      at: Instant.describe("When, by the workflow's clock."),
      path: z
        .string()
        .describe('Where in the run, e.g. `parallel-1/0/researcher-0`; empty for the run itself.'),
      ...shape,
    })
    .describe(about);
}

/** From 0 to 1. */
export const Share = z.number().min(0).max(1);

/** How sure somebody was. */
export const sure = Share.optional().describe(
  'How sure it is that the call is right, where a policy looks at it.',
);
