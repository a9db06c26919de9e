/**
 * Routers: how a receiver is chosen for a task, without assigning it. Data and pure predicates, with a fixed list of
 * destinations.
 */
import { z } from 'zod';
import type { AgentDefinition } from './agent.js';
import type { AnyParticipant } from './participant.js';

/** A participant that a router can choose. */
export type Destination = AnyParticipant;

/** The state of the run, which a predicate can read in addition to the input. */
export interface RouteState {
  readonly owner: string;
  /** The handoffs so far, oldest first. */
  readonly handoffs: readonly { readonly from: string; readonly to: string }[];
  readonly modelCalls: number;
  readonly toolCalls: number;
}

/** One predicate of `rules`, and its destination. */
export interface Rule<In, D extends Destination> {
  /** The name that the timeline shows when it matches, e.g. "mentions an invoice". */
  readonly name: string;
  /** Must be deterministic: it runs in the workflow. */
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
  /** Below this confidence the router does not decide. */
  readonly atLeast: number;
  /** The agent that classifies the input. */
  readonly agent: AgentDefinition<string, ClassifierTask, Classification>;
  readonly describe: Readonly<Record<string, string>>;
}

export interface SimilarityRouter<D extends Destination = Destination> extends Routing<D> {
  readonly by: 'similarity';
  /** Below this score the router does not decide. */
  readonly atLeast: number;
  /** The minimum distance between the best score and the second. */
  readonly margin: number;
  readonly model: string;
  readonly describe: Readonly<Record<string, string>>;
}

export interface ChainRouter<In = never, D extends Destination = Destination> extends Routing<D> {
  readonly by: 'chain';
  readonly routers: readonly SingleRouter[];
  /** Types only: the input of its routers. Nothing is stored here. */
  readonly types?: { readonly take: (input: In) => void };
}

export type SingleRouter<In = never, D extends Destination = Destination> =
  RulesRouter<In, D> | ClassifierRouter<D> | SimilarityRouter<D>;
/** Any router that `route` accepts. */
export type Router<In = never, D extends Destination = Destination> =
  SingleRouter<In, D> | ChainRouter<In, D>;

/** The input of a classifier's model. */
export const ClassifierTask = z.object({
  input: z.unknown().describe('The input to route.'),
  destinations: z
    .array(
      z.object({
        name: z.string().describe('The name to answer with.'),
        competence: z.string().describe('The competence of the destination.'),
      }),
    )
    .describe('The only possible destinations.'),
});
export type ClassifierTask = z.infer<typeof ClassifierTask>;

/** The classifier's answer; `destination` is one of the declared names. */
export interface Classification {
  readonly destination: string;
  readonly confidence: number;
  readonly reason: string;
}
