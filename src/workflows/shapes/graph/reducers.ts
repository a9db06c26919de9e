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
export function mergeState<State extends object>(
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

/** What a node of a step gave. */
export interface Given {
  readonly node: string;
  readonly changes: object;
}

/** A key that nodes of one step give different values, where nothing joins them: all but one would be lost. */
export function findContested(
  given: readonly Given[],
  reducers: Readonly<Record<string, unknown>>,
): { readonly key: string; readonly nodes: readonly string[] } | undefined {
  const first = new Map<string, { readonly node: string; readonly value: string }>();
  for (const { node, changes } of given) {
    for (const [key, changed] of Object.entries(changes)) {
      if (changed === undefined || reducers[key] !== undefined) continue;
      const value = JSON.stringify(changed);
      const before = first.get(key);
      if (before === undefined) first.set(key, { node, value });
      else if (before.value !== value) return { key, nodes: [...new Set([before.node, node])] };
    }
  }
  return undefined;
}
