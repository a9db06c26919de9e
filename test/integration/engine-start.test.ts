/** A real dev server: its settings, its namespace, its failures. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findEngine, probeEngine, startEngine, type RunningEngine } from '../../src/engine/index.js';
import { findByArguments, findProcess } from '../../src/engine/server/processes.js';

let folder: string;
let executable: string;
const running: RunningEngine[] = [];
const listening: Server[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-start-'));
  ({ path: executable } = await findEngine());
});
afterAll(async () => {
  await Promise.all(running.map((engine) => engine.stop()));
  for (const server of listening) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startEngine>[0]> = {}): Promise<RunningEngine> {
  const engine = await startEngine({
    executable,
    logFile: join(folder, 'engine.log'),
    headless: true,
    ...options,
  });
  running.push(engine);
  return engine;
}

async function withClient<T>(engine: RunningEngine, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: engine.address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** Holds a port until the tests end, and returns it. */
function occupy(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    listening.push(server);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

const searchAttributes = new TypedSearchAttributes([
  { key: defineSearchAttributeKey('BatonTeam', 'KEYWORD'), value: 'desk' },
  { key: defineSearchAttributeKey('BatonState', 'KEYWORD'), value: 'waiting' },
  { key: defineSearchAttributeKey('BatonAgent', 'KEYWORD'), value: 'writer' },
  { key: defineSearchAttributeKey('BatonReason', 'KEYWORD'), value: 'irreversible' },
  { key: defineSearchAttributeKey('BatonWaitsFor', 'KEYWORD_LIST'), value: ['finance'] },
  { key: defineSearchAttributeKey('BatonDeadline', 'DATETIME'), value: new Date('2030-01-01T00:00:00Z') },
]);

test('start-engine: takes a run with every search attribute at once, and has it after a restart on the same file', async () => {
  const dbFile = join(folder, 'kept.db');
  const first = await start({ dbFile });
  await withClient(first, (client) =>
    client.workflow.start('any', {
      workflowId: 'kept',
      taskQueue: 'none',
      typedSearchAttributes: searchAttributes,
    }),
  );
  await first.stop();
  expect(await first.ended).toBe('ended with code 0');
  expect(findProcess(first.pid)).toBeUndefined();

  const second = await start({ dbFile });
  const kept = await withClient(second, (client) => client.workflow.getHandle('kept').describe());
  expect(kept.status.name).toBe('RUNNING');
  expect(kept.typedSearchAttributes.getAll()).toHaveLength(6);
});

test('start-engine: runs the server with the measured settings, durably when it has a file', async () => {
  const quick = [
    '--dynamic-config-value=history.transferProcessorMaxPollRPS=2000',
    '--dynamic-config-value=system.enableActivityEagerExecution=true',
    '--dynamic-config-value=matching.numTaskqueueReadPartitions=1',
    '--dynamic-config-value=matching.numTaskqueueWritePartitions=1',
  ];
  const durable = ['--sqlite-pragma=journal_mode=wal', '--sqlite-pragma=synchronous=full'];
  const inMemory = await start();
  const dbFile = join(folder, 'settings.db');
  const onFile = await start({ dbFile });
  expect(findByArguments(quick).map(({ pid }) => pid)).toEqual(
    expect.arrayContaining([inMemory.pid, onFile.pid]),
  );
  expect(findByArguments([...quick, ...durable, '--db-filename', dbFile]).map(({ pid }) => pid)).toEqual([
    onFile.pid,
  ]);
  expect(existsSync(`${dbFile}-wal`)).toBe(true);
});

test('start-engine: keeps closed runs for 30 days', async () => {
  const engine = await start();
  const { config } = await withClient(engine, (client) =>
    client.workflowService.describeNamespace({ namespace: 'default' }),
  );
  const ttl = config?.workflowExecutionRetentionTtl;
  expect(ttl && tsToMs(ttl) / 86_400_000).toBe(30);
});

test('start-engine: serves the Web UI at the address it returns, on another port when the usual one is taken', async () => {
  const taken = await occupy();
  const engine = await start({ headless: false, preferredPort: taken - 1000 });
  expect(engine.uiUrl).not.toBe(`http://127.0.0.1:${taken}`);
  const page = await fetch(engine.uiUrl ?? '');
  expect(page.headers.get('content-type')).toContain('text/html');
});

test('start-engine: takes another port when the preferred one is taken', async () => {
  const taken = await occupy();
  const engine = await start({ preferredPort: taken });
  expect(engine.address).not.toBe(`127.0.0.1:${taken}`);
  expect(await probeEngine(engine.address, 'default', 5_000)).toMatchObject({ ok: true });
});

test('start-engine: refuses when the demanded port is taken', async () => {
  const port = await occupy();
  await expect(start({ port })).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: expect.stringContaining(`Port ${port} is taken`),
  });
});

test('start-engine: shows the end of the log, of this start only, when the server does not start', async () => {
  const logFile = join(folder, 'failing.log');
  const failing = (dbFile: string): Promise<unknown> =>
    start({ dbFile, logFile }).then(undefined, (error: unknown) => error);
  await failing(join(folder, 'first-missing', 'x.db'));
  const error = await failing(join(folder, 'second-missing', 'x.db'));
  expect(error).toMatchObject({ code: 'ENGINE_FAILED' });
  expect(String(error)).toMatch(/ended with code 1[^]*second-missing: no such file/);
  expect(String(error)).not.toContain('first-missing');
  expect(readFileSync(logFile, 'utf8')).toContain('first-missing');
});

test('start-engine: says so when the executable cannot be run', async () => {
  await expect(start({ executable: join(folder, 'nothing') })).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: expect.stringContaining('ENOENT'),
  });
});

test('probe: says at once that nobody listens', async () => {
  expect(await probeEngine('127.0.0.1:2', 'default', 5_000)).toEqual({
    ok: false,
    why: expect.stringContaining('ECONNREFUSED'),
  });
});
