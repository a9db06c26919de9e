/** The wire of a state graph: the states it was in, and how a run goes on from one of them. Names that clients use. */

/** Query: the states that the graph has been in. */
export const STATES = 'states';

/** The key under which a run is started from a step of another one. */
export const FORK = 'baton.fork';
