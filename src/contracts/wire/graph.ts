/** The wire of a state graph: the states it was in, and how a run goes on from one of them. Names that clients use. */
import type { Json } from '../data/json.js';

/** Query: the states that the graph has been in. */
export const STATES = 'states';

/** The key under which a run is started from a step of another one. */
export const FORK = 'baton.fork';

/** A node that is to run, with its item where it is one branch of a fan-out. */
export interface Due {
  readonly node: string;
  readonly item?: Json;
}

/** A step of a graph that is over. Step 0 is the beginning. */
export interface GraphStep {
  readonly step: number;
  /** The nodes that ran in it. */
  readonly nodes: readonly string[];
  /** After it. */
  readonly state: Json;
  /** What comes next; nothing where the graph ended. */
  readonly next: readonly Due[];
}

/** The states that a graph has been in: the answer to the query `states`. */
export interface GraphStates {
  readonly v: 1;
  readonly graph: string;
  /** Oldest first. */
  readonly steps: readonly GraphStep[];
  /** How many older ones there was no room for. */
  readonly left: number;
}

/** From where a forked run goes on. What comes next is decided anew, by the state as it is here. */
export interface Fork {
  readonly v: 1;
  /** The run that it was forked from. */
  readonly of: string;
  readonly step: number;
  /** The nodes that ran in that step; none at the beginning. */
  readonly nodes: readonly string[];
  readonly state: Json;
}
