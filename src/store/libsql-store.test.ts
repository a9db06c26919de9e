import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../contracts/handoff/messages.js';
import { chainMessages } from './chain.js';
import { openLibsqlStore } from './libsql-store.js';
import type { Store } from './store.js';

const say = (content: string): Message => ({ role: 'user', source: 'task', content });

let folder = '';
let store: Store;
let other: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-store-'));
  const url = `file:${join(folder, 'deep', 'store.db')}`;
  store = await openLibsqlStore(url);
  other = await openLibsqlStore(url);
});

afterEach(() => {
  store.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

test('store: a new one and its folder are readable by the owner only; an existing one keeps its rights', async () => {
  const modes = ['', 'store.db', 'store.db-wal'].map(
    (name) => statSync(join(folder, 'deep', name)).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  chmodSync(join(folder, 'deep', 'store.db'), 0o660);
  (await openLibsqlStore(`file:${join(folder, 'deep', 'store.db')}`)).close();
  expect(statSync(join(folder, 'deep', 'store.db')).mode & 0o777).toBe(0o660);
});

describe('conversations', () => {
  test('append: a head names the whole talk, in order, also for another process', async () => {
    const first = await store.append('r', null, [say('a'), say('b')]);
    const second = await other.append('r', first, [say('c')]);
    expect((await store.conversation('r', second)).map(({ content }) => content)).toEqual(['a', 'b', 'c']);
    expect((await store.conversation('r', first)).map(({ content }) => content)).toEqual(['a', 'b']);
    expect(await store.message('r', second)).toEqual(say('c'));
  });

  test('append: the same again gives the same head and stores nothing more', async () => {
    const once = await store.append('r', null, [say('a')]);
    const size = await store.size('r');
    expect(await other.append('r', null, [say('a')])).toBe(once);
    expect(await store.size('r')).toBe(size);
    expect(once).toBe(chainMessages(null, [say('a')])[0]?.hash);
  });

  test('append: a talk branches below one head', async () => {
    const trunk = await store.append('r', null, [say('a')]);
    const left = await store.append('r', trunk, [say('left')]);
    const right = await store.append('r', trunk, [say('right')]);
    expect(left).not.toBe(right);
    expect((await store.conversation('r', right)).map(({ content }) => content)).toEqual(['a', 'right']);
  });

  test('append and keep: the record names the head of the new messages, and another process reads both', async () => {
    const first = await store.append('r', null, [say('a')]);
    const kept = await store.appendAndKeep('r', first, [say('b')], {
      key: 'k',
      value: (head) => `at ${head}`,
    });
    const head = kept.slice('at '.length);
    expect(await other.record('r', 'k')).toBe(kept);
    expect((await other.conversation('r', head)).map(({ content }) => content)).toEqual(['a', 'b']);
  });

  test('append and keep: the first record is kept and given back when there are two', async () => {
    const keep = (by: Store, word: string): Promise<string> =>
      by.appendAndKeep('r', null, [say(word)], { key: 'k', value: () => word });
    expect(await keep(store, 'one')).toBe('one');
    expect(await keep(other, 'two')).toBe('one');
    expect(await store.record('r', 'k')).toBe('one');
  });

  test('append and keep: nothing is kept when the head is not there', async () => {
    const failing = store.appendAndKeep('r', 'nowhere', [say('b')], { key: 'k', value: () => 'v' });
    await expect(failing).rejects.toMatchObject({ code: 'STORE_MISSING' });
    expect(await store.record('r', 'k')).toBeUndefined();
    expect(await store.size('r')).toBe(0);
  });

  test('STORE_MISSING: a head that is not there, or belongs to another run', async () => {
    const head = await store.append('r', null, [say('a')]);
    await expect(store.conversation('other-run', head)).rejects.toMatchObject({ code: 'STORE_MISSING' });
    await expect(store.append('r', 'nowhere', [say('b')])).rejects.toMatchObject({ code: 'STORE_MISSING' });
  });
});

describe('records', () => {
  test('keep: the first writer wins, under many at once', async () => {
    const values = Array.from({ length: 20 }, (_, index) => `v${index}`);
    const kept = await Promise.all(
      values.map((value, index) => (index % 2 ? store : other).keep('r', 'k', value)),
    );
    expect(new Set(kept).size).toBe(1);
    expect(await store.record('r', 'k')).toBe(kept[0]);
    expect(await store.record('r', 'none')).toBeUndefined();
  });
});

describe('effects', () => {
  const intent = { tool: 'pay', argsDigest: 'd' };

  test('begin: exactly one of many callers may proceed', async () => {
    const states = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).begin('r', 'e', intent)),
    );
    expect(states.filter(({ state }) => state === 'fresh')).toHaveLength(1);
    expect(states.filter(({ state }) => state === 'begun')).toHaveLength(19);
  });

  test('complete: every later attempt gets the receipt, and it is final', async () => {
    await store.begin('r', 'e', intent);
    await store.complete('r', 'e', 'receipt');
    await other.complete('r', 'e', 'another');
    await other.abandon('r', 'e');
    expect(await other.begin('r', 'e', intent)).toEqual({ state: 'done', receipt: 'receipt' });
  });

  test('begin: another action under the same id is reported, whether the first is done or not', async () => {
    const another = { ...intent, argsDigest: 'e' };
    await store.begin('r', 'e', intent);
    expect(await other.begin('r', 'e', another)).toMatchObject({ state: 'other', done: false });
    await store.complete('r', 'e', 'receipt');
    expect(await other.begin('r', 'e', another)).toMatchObject({ state: 'other', done: true });
  });

  test('abandon: an action that certainly did not happen may begin again', async () => {
    await store.begin('r', 'e', intent);
    await store.abandon('r', 'e');
    expect(await store.begin('r', 'e', intent)).toEqual({ state: 'fresh' });
  });
});

test('deleteRoot: forgets one run and no other', async () => {
  const heads = await Promise.all(['r', 's'].map((root) => store.append(root, null, [say('a')])));
  await store.keep('r', 'k', 'v');
  await store.begin('r', 'e', { tool: 'pay', argsDigest: 'd' });
  await store.deleteRoot('r');
  expect(await store.size('r')).toBe(0);
  await expect(store.conversation('r', heads[0] ?? '')).rejects.toMatchObject({ code: 'STORE_MISSING' });
  expect(await store.conversation('s', heads[1] ?? '')).toHaveLength(1);
});

test('STORE_UNAVAILABLE: a place that cannot be written, with its name', async () => {
  await expect(openLibsqlStore('file:/dev/null/store.db')).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringContaining('/dev/null/store.db'),
  });
});
