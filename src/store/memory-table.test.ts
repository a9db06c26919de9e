/** The shared memory in the store: concurrent writers, and the outcome of a retried step. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLibsqlStore } from './libsql-store.js';
import { MEMORY_KEY_LIMIT } from './memory-table.js';
import type { MemoryWrite, Store, WriteOutcome } from './store.js';

let folder = '';
let store: Store;
let other: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-memory-'));
  const url = `file:${join(folder, 'store.db')}`;
  store = await openLibsqlStore(url);
  other = await openLibsqlStore(url);
});

afterEach(() => {
  store.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const STATUS = { namespace: 'case', key: 'status' };

let steps = 0;
const write = (expected: number, more: Partial<MemoryWrite> = {}): MemoryWrite => ({
  ...STATUS,
  value: { state: 'open' },
  expected,
  agent: 'ann',
  step: `step-${(steps += 1)}`,
  ...more,
});

describe('H3 compare-and-set', () => {
  test('remember: of 20 writers at once that have seen the same, exactly one writes each version', async () => {
    for (let expected = 0; expected < 5; expected += 1) {
      const attempts = Array.from({ length: 20 }, (_, index) => {
        const agent = `writer-${index}`;
        return { agent, by: index % 2 ? store : other, write: write(expected, { agent, value: index }) };
      });
      const outcomes = await Promise.all(attempts.map(({ by, write: wanted }) => by.remember('r', wanted)));
      const winners = attempts.filter((_, index) => outcomes[index]?.outcome === 'written');
      const losers = outcomes.filter(({ outcome }) => outcome === 'conflict');
      expect(winners).toHaveLength(1);
      expect(losers).toEqual(
        Array.from({ length: 19 }, () => ({ outcome: 'conflict', current: expected + 1 })),
      );
      expect(await store.recall('r', STATUS)).toMatchObject({
        version: expected + 1,
        agent: winners[0]?.agent,
        step: winners[0]?.write.step,
        value: winners[0]?.write.value,
      });
    }
  });

  test('remember: a key that is not there is created by a writer that expects none, and by no other', async () => {
    expect(await store.remember('r', write(1))).toEqual({ outcome: 'conflict', current: 0 });
    expect(await store.remember('r', write(0))).toEqual({ outcome: 'written', version: 1 });
    expect(await store.remember('r', write(0))).toEqual({ outcome: 'conflict', current: 1 });
  });

  test('remember: a step that is tried again writes nothing more, and gets the outcome it had', async () => {
    const first = write(0);
    expect(await store.remember('r', first)).toEqual({ outcome: 'written', version: 1 });
    expect(await other.remember('r', first)).toEqual({ outcome: 'written', version: 1 });
    const refused = write(2);
    const conflict: WriteOutcome = { outcome: 'conflict', current: 1 };
    expect(await store.remember('r', refused)).toEqual(conflict);
    await store.remember('r', write(1));
    // By now it would be the next version; but its caller may have been told already that it is not written.
    expect(await other.remember('r', refused)).toEqual(conflict);
    expect((await store.recall('r', STATUS))?.version).toBe(2);
  });

  test('remember: two attempts of one step at once write once, and both hear the same', async () => {
    const twice = write(0);
    const outcomes = await Promise.all([store, other].map((by) => by.remember('r', twice)));
    expect(outcomes).toEqual([1, 1].map((version) => ({ outcome: 'written', version })));
    expect((await store.recall('r', STATUS))?.version).toBe(1);
  });

  test('remember: a namespace takes so many keys and no more, but further versions of those it has', async () => {
    for (let index = 0; index < MEMORY_KEY_LIMIT; index += 1)
      await store.remember('r', write(0, { key: `k${index}` }));
    expect(await store.remember('r', write(0))).toEqual({ outcome: 'full', keys: MEMORY_KEY_LIMIT });
    expect(await store.remember('r', write(1, { key: 'k7' }))).toEqual({ outcome: 'written', version: 2 });
    expect(await store.remember('r', write(0, { namespace: 'other' }))).toMatchObject({ outcome: 'written' });
  });
});

describe('H3 versions', () => {
  test('recall: every version stays as it was written, with its author, place and time', async () => {
    const before = new Date().toISOString();
    await store.remember('r', write(0, { value: ['a', null], agent: 'ann', step: 'ann-0/remember_case-1' }));
    await store.remember('r', write(1, { value: 'b', agent: 'bob', step: 'bob-0/remember_case-1' }));
    const first = await other.recall('r', STATUS, 1);
    expect(first).toEqual({
      key: 'status',
      version: 1,
      value: ['a', null],
      agent: 'ann',
      step: 'ann-0/remember_case-1',
      at: expect.any(String),
    });
    expect((first?.at ?? '') >= before).toBe(true);
    expect(await other.recall('r', STATUS)).toMatchObject({ version: 2, agent: 'bob', value: 'b' });
    expect(await store.recall('r', STATUS, 3)).toBeUndefined();
    expect(await store.recall('r', { namespace: 'case', key: 'none' })).toBeUndefined();
  });

  test('memoryKeys: each key once, with its newest version and its author', async () => {
    await store.remember('r', write(0, { key: 'order' }));
    await store.remember('r', write(0));
    await store.remember('r', write(1, { agent: 'bob' }));
    await store.remember('r', write(0, { namespace: 'elsewhere' }));
    expect(await other.memoryKeys('r', 'case')).toEqual([
      { key: 'order', version: 1, agent: 'ann', at: expect.any(String) },
      { key: 'status', version: 2, agent: 'bob', at: expect.any(String) },
    ]);
    expect(await store.memoryKeys('r', 'none')).toEqual([]);
  });

  test('the memory belongs to one run: another sees nothing of it, and deleteRoot and size reckon with it', async () => {
    await store.remember('r', write(0));
    await store.remember('s', write(0));
    expect(await store.size('r')).toBeGreaterThanOrEqual('{"state":"open"}'.length);
    await store.deleteRoot('r');
    expect(await store.recall('r', STATUS)).toBeUndefined();
    expect(await store.size('r')).toBe(0);
    expect(await store.recall('s', STATUS)).toMatchObject({ version: 1 });
  });
});
