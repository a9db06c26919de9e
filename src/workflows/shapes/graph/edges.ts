/** The edges of a graph: which nodes come next. Data and pure functions. */
import type { Json } from '../../../contracts/data/json.js';

/** The end of a graph. */
export const END = '__end__';
/** The name of {@link END}. */
export type End = typeof END;

/** An edge of a graph, as an {@link EdgeMaker} makes it. */
export interface Edge<State, Name extends string> {
  readonly kind: 'edge' | 'conditional' | 'fan-out';
  readonly from: Name;
  /** All possible targets. */
  readonly to: readonly (Name | End)[];
  /** For a conditional edge: selects the targets by the state. */
  readonly route?: (state: State) => string | readonly string[];
  /** For a fan-out: the item of each branch. */
  readonly items?: (state: State) => readonly Json[];
}

/** Makes the edges of one graph: it knows the graph's state and the names of its nodes. */
export interface EdgeMaker<State, Name extends string> {
  /** Always leads from one node to another, or to {@link END}. Several edges from one node are all followed at the same time. */
  edge(this: void, from: Name, to: Name | End): Edge<State, Name>;
  /**
   * Leads from a node to the targets in `to` that the function selects by the state. It may select several, which run at
   * the same time. The function must be pure: a replay calls it again.
   */
  conditionalEdge<const To extends Name | End>(
    this: void,
    from: Name,
    route: (state: State) => NoInfer<To> | readonly NoInfer<To>[],
    to: readonly To[],
  ): Edge<State, Name>;
  /**
   * Leads from a node to another node, which runs one branch for each item that the function returns. If there are no
   * items, the nodes after it come next. The results of the branches are joined in the order of the items. The function
   * must be pure.
   */
  fanOut(this: void, from: Name, items: (state: State) => readonly Json[], to: Name): Edge<State, Name>;
}

/** The same maker for every graph: only the types differ. */
export function createEdgeMaker<State, Name extends string>(): EdgeMaker<State, Name> {
  return {
    edge: (from, to) => ({ kind: 'edge', from, to: [to] }),
    conditionalEdge: (from, route, to) => ({ kind: 'conditional', from, route, to }),
    fanOut: (from, items, to) => ({ kind: 'fan-out', from, items, to: [to] }),
  };
}
