/** Two workers with two stores on one queue: every run ends, each with the store that it began with. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decide, listRuns } from '@batonhq/baton/client';
import { CliDesk, CONFIG } from '../fixtures/cli/desk.js';
import type { ListDocument } from '../fixtures/cli/documents.js';
import { scriptedModel } from '@batonhq/baton/testing';
import Database from 'libsql';
import { readStory } from '../../dist/src/client/story/story.js';
import { connected, until, withDesk } from '../fixtures/harness.js';

const RUNS = 6;
const desk = new CliDesk();
const otherFolder = mkdtempSync(join(tmpdir(), 'baton-other-store-'));
afterAll(async () => {
  await desk.close();
  rmSync(otherFolder, { recursive: true, force: true });
});

function paidIn(folder: string): string[] {
  const file = join(folder, 'log.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

test(
  'another store: list and doctor name the step that a worker skips, and the right worker continues',
  { timeout: 180_000 },
  async () => {
    const right = await desk.worker();
    const id = await desk.start('clerks', 'Pay bob.');
    const { id: request } = await desk.waiting(id);
    await right.kill('SIGTERM');
    const other = desk.begin(['worker', CONFIG, '--json'], { BATON_CLI_TEST_FOLDER: otherFolder });
    await other.says('stdout', /^\}/m);
    const { client } = await connected();
    await decide(client, { request, option: 'approve', by: 'ada' });
    const listed = await until(async () => {
      const { document } = await desk.json<ListDocument>(['list', '--workflow', 'clerks', '--limit', '1000']);
      const run = document.runs.find(({ workflowId }) => workflowId === id);
      return run?.retries?.some(({ code }) => code === 'STORE_MISMATCH') && run;
    });
    expect(listed).toMatchObject({ state: 'running', retries: [{ activity: 'callTool' }] });
    const ill = await desk.json<{ checks: { check: string; ok: boolean; detail: string }[] }>([
      'doctor',
      CONFIG,
    ]);
    expect(ill.code).not.toBe(0);
    const [told] = ill.document.checks.filter(({ check, ok }) => check === 'runs' && !ok);
    expect(told?.detail).toMatch(new RegExp(`${id}.*STORE_MISMATCH`));
    await other.kill('SIGTERM');
    const again = await desk.worker();
    expect(await client.workflow.getHandle(id).result()).toBe('paid');
    expect(paidIn(desk.folder)).toEqual(['paid 500 to bob']);
    expect(paidIn(otherFolder)).toEqual([]);
    await again.kill('SIGTERM');
    rmSync(join(desk.folder, 'log.txt'));
  },
);

test('two stores: all runs end, and nothing is done twice', { timeout: 300_000 }, async () => {
  await desk.worker();
  const other = desk.begin(['worker', CONFIG, '--json'], { BATON_CLI_TEST_FOLDER: otherFolder });
  await other.says('stdout', /^\}/m);
  const { client } = await connected();
  const results = await Promise.all(
    Array.from({ length: RUNS }, async () => {
      const id = await desk.start('clerks', 'Pay bob.');
      const request = await desk.waiting(id);
      await decide(client, { request: request.id, option: 'approve', by: 'ada' });
      return client.workflow.getHandle(id).result() as Promise<string>;
    }),
  );
  expect(results).toEqual(Array.from({ length: RUNS }, () => 'paid'));
  expect([...paidIn(desk.folder), ...paidIn(otherFolder)]).toEqual(
    Array.from({ length: RUNS }, () => 'paid 500 to bob'),
  );
});

test('a locked store: the step is retried while the lock lasts, show and list name the store, and the run continues', async () => {
  await withDesk({ model: scriptedModel({ researcher: () => ({ content: 'written' }) }) }, async (desk) => {
    const file = join(desk.folder, 'store.db');
    const other = new Database(file);
    other.exec('begin immediate');
    const run = await desk.start('single', 'x');
    const [retry] = await until(async () => {
      const { retries } = await readStory(desk.client, run.workflowId);
      return retries.some(({ code }) => code !== undefined) && retries;
    });
    expect(retry).toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining(file) });
    const listed = await listRuns(desk.client, { taskQueue: desk.taskQueue });
    expect(listed).toMatchObject([{ state: 'running', retries: [{ code: 'STORE_UNAVAILABLE' }] }]);
    other.exec('rollback');
    other.close();
    expect(await run.result()).toBe('written');
  });
});
