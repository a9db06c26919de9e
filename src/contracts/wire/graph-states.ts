/** The states of a graph, and the step from which a forked run continues. */
import { z } from 'zod';
import type { Json } from '../data/json.js';
import { AnyJson, Count, type Wire } from '../data/wire-schema.js';

/** A node that should run, with its item if it is one branch of a fan-out. */
export const Due = z.object({
  node: z.string().describe('A node that is to run.'),
  item: AnyJson.optional().describe('Its item, where it is one branch of a fan-out.'),
});
export type Due = Wire<typeof Due>;

/** A completed step of a graph. Step 0 is the start. */
export const GraphStep = z.object({
  step: Count.describe('Which step; 0 is the beginning.'),
  nodes: z.array(z.string()).describe('The nodes that ran in it, each once.'),
  state: AnyJson.describe('The state after it.'),
  next: z.array(Due).describe('The next nodes; empty if the graph ended.'),
  held: z
    .array(Due)
    .optional()
    .describe('Of what comes next: joins that were due in this step already, and wait for a branch.'),
});
export type GraphStep = Wire<typeof GraphStep>;

/** The states of a graph: the result of the query `states`. */
export const GraphStates = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    graph: z.string().describe("The graph's name."),
    steps: z
      .array(GraphStep)
      .describe('The newest steps, oldest first: at most 100, and as many as there is room for.'),
    left: Count.describe('How many older ones there was no room for.'),
  })
  .describe('The states that a graph has been in: the answer to the query `states`.');
export type GraphStates = Wire<typeof GraphStates>;

/** The step from which a forked run continues. The next nodes are decided again, from the state in this object. */
export interface Fork {
  readonly v: 1;
  /** The run that it was forked from. */
  readonly of: string;
  readonly step: number;
  /** The nodes that ran in that step; empty at the start. */
  readonly nodes: readonly string[];
  /** Joins that were due in that step, and wait for a branch. */
  readonly held?: readonly Due[];
  readonly state: Json;
}
