/** Engine and worker are killed while a run waits for a person; both come back on the same files. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterAll, expect, test } from 'vitest';
import type { TimelineEvent } from '@batonhq/baton';
import { decide } from '@batonhq/baton/client';
import { startEngine, type RunningEngine } from '../../dist/src/engine/index.js';
import { MAIN, nodeArguments } from '../fixtures/cli/command.js';
import { firstRequest, required, until } from '../fixtures/harness.js';

const CONFIG = fileURLToPath(new URL('../fixtures/offline.config.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'baton-faults-'));
const ended: (() => unknown)[] = [];

afterAll(async () => {
  for (const end of ended.toReversed()) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function engine(): Promise<RunningEngine> {
  const running = await startEngine({
    executable: required('BATON_TEST_TEMPORAL'),
    dbFile: join(folder, 'engine.db'),
    logFile: join(folder, 'engine.log'),
    preferredPort: 18_233,
    headless: true,
  });
  ended.push(() => running.stop());
  return running;
}

function worker(address: string): ChildProcess {
  const child = spawn(
    process.execPath,
    [...nodeArguments(['worker']), MAIN, 'worker', CONFIG, '--address', address],
    {
      cwd: folder,
      stdio: 'ignore',
    },
  );
  ended.push(() => child.kill('SIGKILL'));
  return child;
}

async function kill(pid: number | undefined, gone: Promise<unknown>): Promise<void> {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await gone;
}

test('D1 P3 a decision with a 30-day deadline survives the death of engine and worker, and nothing is done again', async () => {
  const first = await engine();
  const client = new Client({ connection: await Connection.connect({ address: first.address }) });
  const run = await client.workflow.start('patient', {
    taskQueue: 'baton',
    workflowId: 'patient',
    args: ['why?'],
  });
  const before = worker(first.address);
  // A query fails for as long as no worker has taken the run up.
  const { id, deadline } = await until(() => firstRequest(run).catch(() => undefined));
  expect(Date.parse(deadline ?? '') - Date.now()).toBeGreaterThan(29 * 86_400_000);

  await kill(before.pid, new Promise((resolve) => before.once('exit', resolve)));
  await kill(first.pid, first.ended);

  const second = await engine();
  const again = new Client({ connection: await Connection.connect({ address: second.address }) });
  const resumed = again.workflow.getHandle('patient');
  expect((await resumed.describe()).status.name).toBe('RUNNING');
  // Left with the server before any worker is back.
  await resumed.signal('decide', { request: id, option: 'approve', by: 'ada' });
  worker(second.address);
  expect(await resumed.result()).toEqual(expect.stringContaining('writer'));

  const { events } = await resumed.fetchHistory();
  const scheduled = (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes ?? []);
  expect(scheduled.map((event) => event.activityType?.name)).toEqual(['callModel', 'callModel']);
});

test('P6 a vote, and what was due meanwhile, survive the death of engine and worker', async () => {
  const first = await engine();
  const client = new Client({ connection: await Connection.connect({ address: first.address }) });
  const run = await client.workflow.start('asksTwoAgain', {
    taskQueue: 'baton',
    workflowId: 'agreed',
    args: ['Go?'],
  });
  const before = worker(first.address);
  const { id } = await until(() => firstRequest(run).catch(() => undefined));
  await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
  const { reminded } = await until(async () => {
    const request = await firstRequest(run);
    return request.escalates === undefined && request.reminded !== undefined && request;
  });

  await kill(before.pid, new Promise((resolve) => before.once('exit', resolve)));
  await kill(first.pid, first.ended);

  const second = await engine();
  worker(second.address);
  const again = new Client({ connection: await Connection.connect({ address: second.address }) });
  const resumed = again.workflow.getHandle('agreed');
  // The resumed run continues its reminders and still knows who has voted.
  const request = await until(async () => {
    const now = await firstRequest(resumed).catch(() => undefined);
    return now?.reminded !== undefined && now.reminded > (reminded ?? 0) && now;
  });
  expect(request).toMatchObject({ id, votes: [{ by: 'ada', option: 'approve' }] });
  // The client's own way: an update by hand, right after a query of a worker that has just come, may come too early.
  await decide(again, { request: id, option: 'approve', by: 'bob' });
  expect(await resumed.result()).toMatchObject({ outcome: 'approved', by: 'ada and bob' });
  const told = (await resumed.query<TimelineEvent[]>('timeline')).map(({ kind }) => kind);
  const once = told.filter((kind) => kind === 'asked' || kind === 'escalated' || kind === 'voted');
  expect(once.toSorted()).toEqual(['asked', 'escalated', 'voted']);
});
