/**
 * References into the shared memory: a handoff carries them instead of the values. Pure and without schemas, since
 * every run that hands off evaluates this module.
 */

import type { KnownMemory, MemoryReference } from './envelope.js';

/** The text form of a reference: `case/status@3`. */
export function formatReference({ namespace, key, version }: MemoryReference): string {
  return `${namespace}/${key}@${version}`;
}

/** The tools with which agents use a namespace. */
const MEMORY_TOOLS = ['remember', 'recall', 'list'] as const;
export type MemoryVerb = (typeof MEMORY_TOOLS)[number];

export function toMemoryToolName<Verb extends MemoryVerb, Name extends string>(
  verb: Verb,
  namespace: Name,
): `${Verb}_${Name}` {
  return `${verb}_${namespace}`;
}

/**
 * The known references after more reads or writes: the newest version of each key, sorted by name, so that the order of
 * the calls does not matter. Reading an old version again does not replace a newer one.
 */
export function withReferences(
  known: readonly MemoryReference[],
  more: readonly MemoryReference[],
): readonly MemoryReference[] {
  if (more.length === 0) return known;
  const newest = new Map<string, MemoryReference>();
  for (const reference of [...known, ...more]) {
    const before = newest.get(toKey(reference));
    if (before === undefined || before.version < reference.version) newest.set(toKey(reference), reference);
  }
  return [...newest.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}

/** The references that travel with a handoff: those in the namespaces of the contract. */
export function selectTravelling(
  known: readonly MemoryReference[],
  namespaces: readonly string[],
): readonly MemoryReference[] {
  return known.filter(({ namespace }) => namespaces.includes(namespace));
}

/**
 * The pinned versions for a call of a memory tool. For each key that the agent received, the tool reads this version
 * unless the call asks for another. It is the received version, until the agent has seen a newer one.
 */
export function selectPinned(tool: string, { handed, known }: KnownMemory): readonly MemoryReference[] {
  if (handed.length === 0) return handed;
  const keys = new Set(handed.map(toKey));
  return known.filter(
    (reference) =>
      keys.has(toKey(reference)) &&
      MEMORY_TOOLS.some((verb) => toMemoryToolName(verb, reference.namespace) === tool),
  );
}

function toKey({ namespace, key }: MemoryReference): string {
  return `${namespace}/${key}`;
}
