/** The edges of a graph: which nodes come next. Data and pure functions. */
import type { Json } from '../../../contracts/data/json.js';

/** Where a graph ends. */
export const END = '__end__';
/** The name of {@link END}. */
export type End = typeof END;

/** An edge of a graph, as an {@link EdgeMaker} makes it. */
export interface Edge<State, Name extends string> {
  readonly kind: 'edge' | 'conditional' | 'fan-out';
  readonly from: Name;
  /** Everywhere it may lead. */
  readonly to: readonly (Name | End)[];
  /** Of a conditional edge: where it leads, by the state. */
  readonly route?: (state: State) => string | readonly string[];
  /** Of a fan-out: what each branch is given. */
  readonly items?: (state: State) => readonly Json[];
}

/** Makes the edges of one graph: it knows the graph's state and the names of its nodes. */
export interface EdgeMaker<State, Name extends string> {
  /** From one node always to another, or to {@link END}. Several from one node: all of them, at the same time. */
  edge(this: void, from: Name, to: Name | End): Edge<State, Name>;
  /**
   * From a node to whichever of `to` the function names by the state; to several at the same time where it names
   * several. It must be pure: a replay asks it again.
   */
  conditionalEdge<const To extends Name | End>(
    this: void,
    from: Name,
    route: (state: State) => NoInfer<To> | readonly NoInfer<To>[],
    to: readonly To[],
  ): Edge<State, Name>;
  /**
   * From a node to as many branches of another as the function gives items, each with its item; to what comes after that
   * node where there are none. What the branches give is joined in the order of the items. It must be pure.
   */
  fanOut(this: void, from: Name, items: (state: State) => readonly Json[], to: Name): Edge<State, Name>;
}

/** The same for every graph: what it knows, only the compiler knows. */
export function createEdgeMaker<State, Name extends string>(): EdgeMaker<State, Name> {
  return {
    edge: (from, to) => ({ kind: 'edge', from, to: [to] }),
    conditionalEdge: (from, route, to) => ({ kind: 'conditional', from, route, to }),
    fanOut: (from, items, to) => ({ kind: 'fan-out', from, items, to: [to] }),
  };
}
