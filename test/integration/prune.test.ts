/** D8 the texts of ended runs are taken out of the store, and what was done stays noted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { readHistoryFile } from '../../dist/src/client/audit/history-file.js';
import { toRootRun } from '../../dist/src/contracts/proof/root.js';
import { openLibsqlStore } from '../../dist/src/store/libsql-store.js';
import { pruneStore, type PruneWish } from '../../dist/src/client/retention/prune-store.js';
import { decide } from '@batonhq/baton/client';
import { firstRequest, withDesk, type Desk } from '../fixtures/harness.js';

const folder = mkdtempSync(join(tmpdir(), 'baton-prune-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = () =>
  scriptedModel({
    researcher: () => ({ content: 'facts' }),
    writer: () => ({ content: 'report' }),
    hermit: () => ({ content: 'done' }),
  });
const NOW = { olderThanMs: -1_000, forgotten: false, dryRun: false };
const HOUR = 3_600_000;

const urlOf = (desk: Desk): string => `file:${join(desk.folder, 'store.db')}`;

async function prune(desk: Desk, wish: PruneWish) {
  const store = await openLibsqlStore(urlOf(desk));
  return pruneStore(desk.client, store, wish).finally(() => store.close());
}

async function rootsOf(desk: Desk): Promise<string[]> {
  const store = await openLibsqlStore(urlOf(desk));
  const roots = await store.roots();
  store.close();
  return roots.map(({ root }) => root).toSorted();
}

test('prune: what ended long enough ago is deleted, exported before; an open run keeps its texts', async () => {
  await withDesk({ model: model() }, async (desk) => {
    const open = await desk.start('hello', 'q');
    const paid = await desk.start('pays', { to: 'bob', cents: 5 });
    await decide(desk.client, { request: (await firstRequest(paid)).id, option: 'approve', by: 'ada' });
    await paid.result();
    const { id } = await firstRequest(open);
    const [root, other] = [paid, open].map(({ workflowId, firstExecutionRunId }) =>
      toRootRun({ workflowId, firstExecutionRunId }),
    );
    expect(new Set(await rootsOf(desk))).toEqual(new Set([root, other]));

    const young = await prune(desk, { ...NOW, olderThanMs: HOUR });
    expect(young).toMatchObject({ pruned: [], kept: 2 });
    const dry = await prune(desk, { ...NOW, dryRun: true });
    expect(dry).toMatchObject({ pruned: [{ root, workflowId: paid.workflowId }], kept: 1 });
    expect(await rootsOf(desk)).toHaveLength(2);

    const told = await prune(desk, { ...NOW, exportTo: folder });
    expect(told.pruned).toMatchObject([
      { root, workflow: 'pays', exported: expect.stringContaining(folder) },
    ]);
    expect(await rootsOf(desk)).toEqual([other]);
    const [kept] = await readHistoryFile(told.pruned[0]?.exported ?? '', paid.workflowId);
    expect(kept).toMatchObject({ end: 'completed', actions: [{ result: { kind: 'done' } }] });

    // A reset must not pay again: that it was done is still there.
    const store = await openLibsqlStore(urlOf(desk));
    expect(await store.effects(root ?? '')).toMatchObject([{ tool: 'pay', done: true }]);
    store.close();
    await expect(prune(desk, { ...NOW, run: open.workflowId })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await decide(desk.client, { request: id, option: 'approve', by: 'ada' });
    expect(await open.result()).toBe('report');
    await prune(desk, { ...NOW, olderThanMs: HOUR, run: open.workflowId });
    expect(await rootsOf(desk)).toEqual([]);
  });
});

test('prune: texts of runs that the server does not know are deleted on request only', async () => {
  await withDesk({ model: model() }, async (desk) => {
    const store = await openLibsqlStore(urlOf(desk));
    await store.keep('0'.repeat(32), 'k', 'an orphan');
    store.close();
    expect(await prune(desk, NOW)).toMatchObject({ pruned: [], kept: 1 });
    const told = await prune(desk, { ...NOW, forgotten: true });
    expect(told.pruned).toEqual([{ root: '0'.repeat(32), bytes: 9 }]);
    expect(await rootsOf(desk)).toEqual([]);
    await expect(prune(desk, { ...NOW, run: 'nobody' })).rejects.toMatchObject({
      code: 'UNKNOWN_RUN',
    });
  });
});
