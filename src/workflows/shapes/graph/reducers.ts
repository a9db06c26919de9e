/** How what a node gives becomes part of the state. */

/** The old value and the new one, in the declared order of the nodes that gave them. Pure. */
export type Reducer<T> = (before: T, given: T) => T;

/** By the keys of the state; a key without one takes the newer value. */
export type Reducers<State> = { readonly [K in keyof State]?: Reducer<State[K]> };

/** Puts what is given after what was there. */
export function append<T>(before: readonly T[] | undefined, given: readonly T[]): T[] {
  return [...(before ?? []), ...given];
}

/** The state with what a node gave. What is `undefined` changes nothing. */
export function merged<State extends object>(
  state: State,
  given: Partial<State>,
  reducers: Reducers<State>,
): State {
  const next = { ...state };
  for (const key of Object.keys(given) as (keyof State)[]) {
    const value = given[key];
    if (value === undefined) continue;
    const reduce = reducers[key];
    next[key] = reduce === undefined ? value : reduce(state[key], value);
  }
  return next;
}
