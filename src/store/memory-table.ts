/** The shared memory of a run: all versions of all values, each written once. */
import { type Row, type Statements, numberIn, rowOf, rowsOf, textIn } from './statements.js';
import type { Json } from '../contracts/data/json.js';
import type { MemoryKeyState, MemoryVersion, MemoryWrite, WriteOutcome } from './store.js';

/** How many keys a namespace may have in one run: their references travel at handoffs. */
export const MEMORY_KEY_LIMIT = 100;

type MemoryStatements = Pick<
  Statements,
  'addMemory' | 'memoryNewest' | 'memoryVersion' | 'memoryKeys' | 'memoryKeyCount'
>;

/** Compares and sets, inside the caller's transaction: who writes at the same time waits until it is over. */
export function compareAndSet(
  statements: MemoryStatements,
  root: string,
  { namespace, key, value, expected, agent, step }: MemoryWrite,
  at: string,
): WriteOutcome {
  const newest = rowOf(statements.memoryNewest, root, namespace, key);
  const current = newest === undefined ? 0 : numberIn(newest, 'version');
  if (current !== expected) return { outcome: 'conflict', current };
  if (current === 0) {
    const count = rowOf(statements.memoryKeyCount, root, namespace);
    const keys = count === undefined ? 0 : numberIn(count, 'keys');
    if (keys >= MEMORY_KEY_LIMIT) return { outcome: 'full', keys };
  }
  const version = current + 1;
  statements.addMemory.run(root, namespace, key, version, JSON.stringify(value), agent, step, at);
  return { outcome: 'written', version };
}

export function versionOf(
  statements: MemoryStatements,
  root: string,
  { namespace, key }: { readonly namespace: string; readonly key: string },
  version: number | undefined,
): MemoryVersion | undefined {
  const row =
    version === undefined
      ? rowOf(statements.memoryNewest, root, namespace, key)
      : rowOf(statements.memoryVersion, root, namespace, key, version);
  return (
    row && { ...stateOf(row), value: JSON.parse(textIn(row, 'value')) as Json, step: textIn(row, 'step') }
  );
}

export function keysOf(statements: MemoryStatements, root: string, namespace: string): MemoryKeyState[] {
  return rowsOf(statements.memoryKeys, root, namespace).map(stateOf);
}

function stateOf(row: Row): MemoryKeyState {
  return {
    key: textIn(row, 'key'),
    version: numberIn(row, 'version'),
    agent: textIn(row, 'agent'),
    at: textIn(row, 'written_at'),
  };
}
