/** An event of a timeline: what all of them say. */
import { z } from 'zod';
import { Instant, Share } from '../data/wire-schema.js';

export function defineEvent<Kind extends string, Shape extends z.ZodRawShape>(
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

/** How sure somebody was. */
export const sure = Share.optional().describe(
  'How sure it is that the call is right, where a policy looks at it.',
);
