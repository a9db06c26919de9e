/**
 * The engine of a data folder through crashes and crowds. The keeper is the compiled one, `dist/src/engine/keeper/keeper.js`.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  ensureEngine,
  findEngine,
  findRunningEngine,
  runEngine,
  startEngine,
  stopEngine,
  type EnsureEngineOptions,
} from '../../src/engine/index.js';
import { EngineRecord } from '../../src/engine/server/engine-record.js';
import { findFreePort } from '../../src/engine/server/start-engine.js';
import { findByArguments, findProcess } from '../../src/engine/server/processes.js';

const DOOR = new URL('../../dist/src/engine/index.js', import.meta.url).href;
const PATIENCE = { timeout: 30_000, interval: 50 };

let dataDir: string;
let children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'baton-keeper-')));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await stopEngine(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

function ensure(options: EnsureEngineOptions = {}): ReturnType<typeof ensureEngine> {
  return ensureEngine({ dataDir, headless: true, ...options });
}

function record(): EngineRecord {
  return EngineRecord.parse(JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')));
}

function servers(): number[] {
  return findByArguments(['--db-filename', join(dataDir, 'engine.db')]).map(({ pid }) => pid);
}

async function untilGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(findProcess(pid)).toBeUndefined(), PATIENCE);
}

async function kill(...pids: number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await Promise.all(pids.map(untilGone));
}

/** The source of a process that needs the engine, prints its address, and then does LAST. */
function user(last: string, lingerSeconds = 3600): string[] {
  const options = JSON.stringify({ dataDir, headless: true, lingerSeconds });
  const source = `import { ensureEngine } from ${JSON.stringify(DOOR)};
    const engine = await ensureEngine(${options});
    console.log(engine.address);
    ${last}`;
  return ['--input-type=module', '-e', source];
}

async function spawnUser(lingerSeconds?: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, user('setInterval(() => {}, 1000);', lingerSeconds), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

async function startRun(address: string, workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address });
  await new Client({ connection }).workflow.start('any', { workflowId, taskQueue: 'none' });
  await connection.close();
}

async function statusOf(address: string, workflowId: string): Promise<string> {
  const connection = await Connection.connect({ address });
  const { status } = await new Client({ connection }).workflow.getHandle(workflowId).describe();
  await connection.close();
  return status.name;
}

test('ensure-engine: starts an engine once and reuses it', async () => {
  const said: string[] = [];
  const first = await ensure({ onProgress: (line) => said.push(line) });
  const second = await ensure({ onProgress: (line) => said.push(line) });
  expect(second).toMatchObject({ address: first.address, pid: first.pid });
  expect(said).toEqual(['starting the Temporal dev server']);
  expect(record()).toMatchObject({ pid: first.pid, address: first.address, uiUrl: null, version: '1.29.1' });
});

test('ensure-engine: gives one engine to all who ask at the same moment', async () => {
  const outputs = await Promise.all(
    Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, user('process.exit(0);'))),
  );
  expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
  expect(servers()).toEqual([record().pid]);
});

test('ensure-engine: what lies in the data folder is its owner’s alone, the server’s own files too', async () => {
  chmodSync(dataDir, 0o755);
  await ensure();
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).map((name) =>
    statSync(join(dataDir, name)),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const { mode } of files) expect(mode & 0o077).toBe(0);
});

test('ensure-engine: starts nothing when it gets an address', async () => {
  expect(await ensure({ address: 'cluster:7233' })).toMatchObject({
    address: 'cluster:7233',
    pid: undefined,
  });
  expect(existsSync(join(dataDir, 'engine.json'))).toBe(false);
});

test('ensure-engine: continues on the same data and address after keeper and server were killed', async () => {
  const { address } = await ensure({ port: await findFreePort(0) });
  await startRun(address, 'survivor');
  const { pid, keeperPid } = record();
  await kill(keeperPid, pid);
  const again = await ensure();
  expect(again.address).toBe(address);
  expect(again.pid).not.toBe(pid);
  expect(await statusOf(again.address, 'survivor')).toBe('RUNNING');
});

test('ensure-engine: starts another server when only the server was killed', async () => {
  await ensure();
  const { pid, keeperPid } = record();
  await kill(pid);
  await untilGone(keeperPid);
  expect((await ensure()).pid).not.toBe(pid);
});

test('ensure-engine: adopts the server, which runs on, when only the keeper was killed', async () => {
  const { pid } = await ensure();
  const { keeperPid } = record();
  await kill(keeperPid);
  expect((await ensure()).pid).toBe(pid);
  expect(record().keeperPid).not.toBe(keeperPid);
  expect(servers()).toEqual([pid]);
});

test('ensure-engine: ends a server that nothing records before it starts one on the same file', async () => {
  await ensure();
  const { pid, keeperPid } = record();
  await kill(keeperPid);
  rmSync(join(dataDir, 'engine.json'));
  const again = await ensure();
  expect(again.pid).not.toBe(pid);
  expect(servers()).toEqual([again.pid]);
});

test('ensure-engine: leaves a foreign process alone when the record names its number', async () => {
  await ensure();
  const stale = record();
  await stopEngine(dataDir);
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(bystander);
  const pid = bystander.pid ?? 0;
  const reused = {
    ...stale,
    pid,
    keeperPid: pid,
    server: { ...stale.server, pid },
    keeper: { ...stale.keeper, pid },
  };
  writeFileSync(join(dataDir, 'engine.json'), JSON.stringify(reused));
  expect((await ensure()).pid).not.toBe(pid);
  await stopEngine(dataDir);
  expect(findProcess(pid)).toBeDefined();
});

test('ensure-engine: passes on why the server does not start', async () => {
  const other = await startEngine({
    executable: (await findEngine()).path,
    logFile: join(dataDir, 'other.log'),
    headless: true,
  });
  const port = Number(other.address.split(':')[1]);
  await expect(ensure({ port })).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: expect.stringContaining(`Port ${port} is taken`),
  });
  await other.stop();
});

test('keeper: does not hold the output of the command that started it', async () => {
  // `execFile` settles when the pipes are closed, not when the process ends.
  await promisify(execFile)(process.execPath, user(''));
  expect(await findRunningEngine(dataDir)).toBeDefined();
});

test('keeper: outlives a kill -9 of the command, and ends the engine when the time after it is over', async () => {
  const command = await spawnUser(0);
  const { pid, keeperPid } = record();
  const holder = await ensure({ lingerSeconds: 0 });
  command.kill('SIGKILL');
  await untilGone(command.pid ?? 0);
  expect((await findRunningEngine(dataDir))?.pid).toBe(pid);
  holder.release();
  await Promise.all([untilGone(pid), untilGone(keeperPid)]);
  expect(existsSync(join(dataDir, 'engine.json'))).toBe(false);
});

test('keeper: ends the server when the data folder was removed', async () => {
  await ensure();
  const { pid, keeperPid } = record();
  rmSync(dataDir, { recursive: true, force: true });
  await Promise.all([untilGone(pid), untilGone(keeperPid)]);
});

test('stop-engine: ends server and keeper although they are needed, and says whether there was one', async () => {
  const { pid = 0 } = await ensure();
  const { keeperPid } = record();
  expect(await stopEngine(dataDir)).toBe(true);
  expect([findProcess(pid), findProcess(keeperPid)]).toEqual([undefined, undefined]);
  expect(await findRunningEngine(dataDir)).toBeUndefined();
  expect(await stopEngine(dataDir)).toBe(false);
});

test('run-engine: is found by others, refuses a second one, and ends on stop', async () => {
  const engine = await runEngine({ dataDir, headless: true });
  expect((await ensure()).pid).toBe(engine.pid);
  await expect(runEngine({ dataDir, headless: true })).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: expect.stringContaining(`runs already at ${engine.address}`),
  });
  await engine.stop();
  expect(findProcess(engine.pid)).toBeUndefined();
  expect(await findRunningEngine(dataDir)).toBeUndefined();
});
