/** Two workers with two stores on one queue: every run ends, each with the store that it began with. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decide } from '@batonhq/baton/client';
import { CliDesk, CONFIG } from '../fixtures/cli/desk.js';
import { connected } from '../fixtures/harness.js';

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
