/**
 * What a router is: how it is decided who gets a task, apart from giving it to them. Data and pure predicates, and the
 * only destinations that can be chosen.
 */
import { z } from 'zod';
import type { AgentDefinition } from './agent.js';
import type { AnyParticipant } from './participant.js';

/** Who can be chosen. */
export type Destination = AnyParticipant;

/** What a predicate may look at besides the input: where the run stands. */
export interface RouteState {
  readonly owner: string;
  /** Who handed off to whom so far, oldest first. */
  readonly handoffs: readonly { readonly from: string; readonly to: string }[];
  readonly modelCalls: number;
  readonly toolCalls: number;
}

/** One predicate of `rules`, and where it leads. */
export interface Rule<In, D extends Destination> {
  /** What the timeline says when it holds, e.g. "mentions an invoice". */
  readonly name: string;
  /** Deterministic: it runs in the workflow. */
  readonly when: (input: In, state: RouteState) => boolean;
  readonly to: D;
}

interface Routing<D extends Destination> {
  readonly kind: 'router';
  readonly name: string;
  readonly among: readonly D[];
}

export interface RulesRouter<In = never, D extends Destination = Destination> extends Routing<D> {
  readonly by: 'rules';
  readonly rules: readonly Rule<In, D>[];
}

export interface ClassifierRouter<D extends Destination = Destination> extends Routing<D> {
  readonly by: 'classifier';
  /** Below this confidence it has not decided. */
  readonly atLeast: number;
  /** The agent that is asked. */
  readonly agent: AgentDefinition<string, ClassifierTask, Classification>;
  readonly describe: Readonly<Record<string, string>>;
}

export interface SimilarityRouter<D extends Destination = Destination> extends Routing<D> {
  readonly by: 'similarity';
  /** Below this score it has not decided. */
  readonly atLeast: number;
  /** The best must be better than the second by this. */
  readonly margin: number;
  readonly model: string;
  readonly describe: Readonly<Record<string, string>>;
}

export interface ChainRouter<In = never, D extends Destination = Destination> extends Routing<D> {
  readonly by: 'chain';
  readonly routers: readonly SingleRouter[];
  /** Types only: what its routers take. Nothing is stored here. */
  readonly types?: { readonly take: (input: In) => void };
}

export type SingleRouter<In = never, D extends Destination = Destination> =
  RulesRouter<In, D> | ClassifierRouter<D> | SimilarityRouter<D>;
/** Any router: what `route` asks. */
export type Router<In = never, D extends Destination = Destination> =
  SingleRouter<In, D> | ChainRouter<In, D>;

/** What a classifier's model is given. */
export const ClassifierTask = z.object({
  input: z.unknown().describe('What is to be routed.'),
  destinations: z
    .array(
      z.object({
        name: z.string().describe('The name to answer with.'),
        competence: z.string().describe('What goes there.'),
      }),
    )
    .describe('The only possible destinations.'),
});
export type ClassifierTask = z.infer<typeof ClassifierTask>;

/** What it answers; `destination` is one of the declared names. */
export interface Classification {
  readonly destination: string;
  readonly confidence: number;
  readonly reason: string;
}
