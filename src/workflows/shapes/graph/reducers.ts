/** How a node's result is merged into the state. */
import { parseWith, type Schema } from '../../../contracts/data/schema.js';

/** Merges the old value and the new one, in the declared order of the nodes. Pure. */
export type Reducer<T> = (before: T, given: T) => T;

/** By the keys of the state; a key without a reducer takes the newer value. */
export type Reducers<State> = { readonly [K in keyof State]?: Reducer<State[K]> };

/** Appends the new values to the old ones. */
export function append<T>(before: readonly T[] | undefined, given: readonly T[]): T[] {
  return [...(before ?? []), ...given];
}

/** How the results of nodes are merged into the state. */
export interface Merging<State> {
  readonly reducers: Reducers<State>;
  /** The optional keys of the state: `undefined` removes them, if they have no reducer. */
  readonly optional: ReadonlySet<string>;
}

/** The optional keys of an object schema. */
export function findOptional(shape: object): ReadonlySet<string> {
  const entries = Object.entries(shape) as [string, Schema][];
  return new Set(entries.flatMap(([key, schema]) => (parseWith(schema, undefined).ok ? [key] : [])));
}

/** The state with a node's result. `undefined` clears an optional key, and does not change another key. */
export function mergeState<State extends object>(
  state: State,
  given: Partial<State>,
  { reducers, optional }: Merging<State>,
): State {
  const next = { ...state };
  for (const key of Object.keys(given) as (keyof State)[]) {
    const value = given[key];
    const reduce = reducers[key];
    if (value === undefined) {
      if (reduce === undefined && optional.has(key as string)) delete next[key];
      continue;
    }
    next[key] = reduce === undefined ? value : reduce(state[key], value);
  }
  return next;
}

/** The result of a node in a step. */
export interface Given {
  readonly node: string;
  readonly changes: object;
}

/** A key that nodes of one step set to different values without a reducer: all but one value would be lost. */
export function findContested(
  given: readonly Given[],
  {
    reducers,
    optional,
  }: { readonly reducers: Readonly<Record<string, unknown>>; readonly optional: ReadonlySet<string> },
): { readonly key: string; readonly nodes: readonly string[] } | undefined {
  const first = new Map<string, { readonly node: string; readonly value: string }>();
  for (const { node, changes } of given) {
    for (const [key, changed] of Object.entries(changes)) {
      if (reducers[key] !== undefined || (changed === undefined && !optional.has(key))) continue;
      const value = JSON.stringify(changed ?? null);
      const before = first.get(key);
      if (before === undefined) first.set(key, { node, value });
      else if (before.value !== value) return { key, nodes: [...new Set([before.node, node])] };
    }
  }
  return undefined;
}
