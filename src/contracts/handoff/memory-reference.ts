/**
 * References into the shared memory: what a handoff carries in place of the values. Pure and without schemas, as every
 * run that hands off evaluates it.
 */

import type { KnownMemory, MemoryReference } from './envelope.js';

/** How a reference is written wherever somebody reads it: `case/status@3`. */
export function formatReference({ namespace, key, version }: MemoryReference): string {
  return `${namespace}/${key}@${version}`;
}

/** The tools by which agents reach a namespace. */
const MEMORY_TOOLS = ['remember', 'recall', 'list'] as const;
export type MemoryVerb = (typeof MEMORY_TOOLS)[number];

export function toMemoryToolName<Verb extends MemoryVerb, Name extends string>(
  verb: Verb,
  namespace: Name,
): `${Verb}_${Name}` {
  return `${verb}_${namespace}`;
}

/**
 * What somebody knows after they have read or written more: of each key the newest version they have seen, in the order
 * of their names, whatever came first. An old version that is read again does not replace what is known.
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

/** What of that goes along at a handoff: the namespaces that the contract names. */
export function selectTravelling(
  known: readonly MemoryReference[],
  namespaces: readonly string[],
): readonly MemoryReference[] {
  return known.filter(({ namespace }) => namespaces.includes(namespace));
}

/**
 * What a call of a memory tool must know: for each key of its namespace that the agent was handed, the version that it
 * reads unless it asks for another. That is the one it was handed, until it has seen a newer one itself.
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
