/** What a graph's run tells of the states it was in. */
import { z } from 'zod';
import type { GraphStates as GraphStatesType } from '../../contracts/wire/graph.js';
import { mirrorOf } from '../parts/mirror.js';
import { AnyJson, Count } from '../parts/parts.js';

export const GraphStates = mirrorOf<GraphStatesType>()(
  z
    .object({
      v: z.literal(1).describe('The version of this shape.'),
      graph: z.string().describe("The graph's name."),
      steps: z
        .array(
          z.object({
            step: Count.describe('Which step; 0 is the beginning.'),
            nodes: z.array(z.string()).describe('The nodes that ran in it, each once.'),
            state: AnyJson.describe('The state after it.'),
            next: z
              .array(
                z.object({
                  node: z.string().describe('A node that is to run.'),
                  item: AnyJson.optional().describe('Its item, where it is one branch of a fan-out.'),
                }),
              )
              .describe('What comes next; nothing where the graph ended.'),
          }),
        )
        .describe('The newest steps, oldest first: at most 100, and as many as there is room for.'),
      left: Count.describe('How many older ones there was no room for.'),
    })
    .describe('The states that a graph has been in: the answer to the query `states`.'),
);
