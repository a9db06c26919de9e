/** The shared memory of a run: all versions of all values, each written once. */
import {
  type Row,
  type Statements,
  readNumberColumn,
  findRow,
  listRows,
  readTextColumn,
} from './statements.js';
import type { Json } from '../contracts/data/json.js';
import type { MemoryKeyState, MemoryVersion, MemoryWrite, WriteOutcome } from './store.js';

/** How many keys a namespace may have in one run: their references travel with handoffs. */
export const MEMORY_KEY_LIMIT = 100;

type MemoryStatements = Pick<
  Statements,
  'addMemory' | 'memoryNewest' | 'memoryVersion' | 'memoryKeys' | 'memoryKeyCount'
>;

/** Compares and sets inside the caller's transaction: concurrent writers wait until it ends. */
export function compareAndSet(
  statements: MemoryStatements,
  root: string,
  { namespace, key, value, expected, agent, step }: MemoryWrite,
  at: string,
): WriteOutcome {
  const newest = findRow(statements.memoryNewest, root, namespace, key);
  const current = newest === undefined ? 0 : readNumberColumn(newest, 'version');
  if (current !== expected) return { outcome: 'conflict', current };
  if (current === 0) {
    const count = findRow(statements.memoryKeyCount, root, namespace);
    const keys = count === undefined ? 0 : readNumberColumn(count, 'keys');
    if (keys >= MEMORY_KEY_LIMIT) return { outcome: 'full', keys };
  }
  const version = current + 1;
  statements.addMemory.run(root, namespace, key, version, JSON.stringify(value), agent, step, at);
  return { outcome: 'written', version };
}

export function findVersion(
  statements: MemoryStatements,
  root: string,
  { namespace, key }: { readonly namespace: string; readonly key: string },
  version: number | undefined,
): MemoryVersion | undefined {
  const row =
    version === undefined
      ? findRow(statements.memoryNewest, root, namespace, key)
      : findRow(statements.memoryVersion, root, namespace, key, version);
  return (
    row && {
      ...toKeyState(row),
      value: JSON.parse(readTextColumn(row, 'value')) as Json,
      step: readTextColumn(row, 'step'),
    }
  );
}

export function listKeys(statements: MemoryStatements, root: string, namespace: string): MemoryKeyState[] {
  return listRows(statements.memoryKeys, root, namespace).map(toKeyState);
}

function toKeyState(row: Row): MemoryKeyState {
  return {
    key: readTextColumn(row, 'key'),
    version: readNumberColumn(row, 'version'),
    agent: readTextColumn(row, 'agent'),
    at: readTextColumn(row, 'written_at'),
  };
}
