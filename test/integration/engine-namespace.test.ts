/** Search attributes and the checks of `doctor` against a real server's namespaces. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/wire/wire.js';
import {
  ensureSearchAttributes,
  examine,
  examineSearchAttributes,
  findEngine,
  startEngine,
  type Finding,
  type RunningEngine,
} from '../../src/engine/index.js';

const { INDEXED_VALUE_TYPE_INT, INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

let folder: string;
let engine: RunningEngine;
let connection: Connection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-namespace-'));
  const { path: executable } = await findEngine();
  engine = await startEngine({ executable, logFile: join(folder, 'engine.log'), headless: true });
  connection = await Connection.connect({ address: engine.address });
});
afterAll(async () => {
  await connection.close();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function namespace(
  name: string,
  days: number,
  attributes: Record<string, number> = {},
): Promise<string> {
  await connection.workflowService.registerNamespace({
    namespace: name,
    workflowExecutionRetentionPeriod: msToTs(days * 86_400_000),
  });
  if (Object.keys(attributes).length > 0) {
    await connection.operatorService.addSearchAttributes({ namespace: name, searchAttributes: attributes });
  }
  return name;
}

/** The connection of a caller who may neither list nor register search attributes, as in Temporal Cloud. */
function restricted(): Pick<Connection, 'workflowService' | 'operatorService'> {
  const refuse = (): never => {
    throw Object.assign(new Error('7 PERMISSION_DENIED'), {
      code: 7,
      details: 'Request unauthorized.',
      metadata: {},
    });
  };
  return {
    workflowService: connection.workflowService,
    operatorService: new Proxy(connection.operatorService, { get: () => refuse }),
  };
}

function only(findings: readonly Finding[], check: Finding['check']): Finding | undefined {
  return findings.find((finding) => finding.check === check);
}

test('search-attributes: are registered where they are missing, and left alone where they are not', async () => {
  const bare = await namespace('bare', 30, { BatonTeam: INDEXED_VALUE_TYPE_KEYWORD });
  expect((await examineSearchAttributes(connection, bare)).missing.map(({ name }) => name)).toEqual(
    Object.keys(SEARCH_ATTRIBUTES).filter((name) => name !== 'BatonTeam'),
  );
  await ensureSearchAttributes(connection, bare);
  await ensureSearchAttributes(connection, bare);
  expect(await examineSearchAttributes(connection, bare)).toEqual({ missing: [], conflicting: [] });
});

test('search-attributes: all arrive when two processes register them at once', async () => {
  const contested = await namespace('contested', 30);
  await Promise.all([
    ensureSearchAttributes(connection, contested),
    ensureSearchAttributes(connection, contested),
  ]);
  expect(await examineSearchAttributes(connection, contested)).toEqual({ missing: [], conflicting: [] });
});

test('search-attributes: are fine when another process registered them between the look and the registration', async () => {
  const refuse = vi.fn(() => {
    throw Object.assign(new Error('6 ALREADY_EXISTS'), { code: 6, details: 'already exists', metadata: {} });
  });
  const late = {
    workflowService: connection.workflowService,
    operatorService: new Proxy(connection.operatorService, {
      get: (_, method) => (method === 'listSearchAttributes' ? () => ({ customAttributes: {} }) : refuse),
    }),
  };
  await expect(ensureSearchAttributes(late, 'default')).resolves.toBeUndefined();
  expect(refuse).toHaveBeenCalledOnce();
});

test('search-attributes: names each missing one with type and command when the caller may not register', async () => {
  const cloud = await namespace('cloud', 30, { BatonTeam: INDEXED_VALUE_TYPE_KEYWORD });
  const error: unknown = await ensureSearchAttributes(restricted(), cloud).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'SEARCH_ATTRIBUTES_MISSING' });
  expect(String(error)).toContain('BatonWaitsFor (KeywordList)');
  expect(String(error)).toContain(
    'temporal operator search-attribute create --namespace cloud --name BatonDeadline --type Datetime',
  );
  expect(String(error)).not.toContain('BatonTeam');
});

test('search-attributes: are accepted as they are when the caller may not list them but all are there', async () => {
  await expect(ensureSearchAttributes(restricted(), 'default')).resolves.toBeUndefined();
});

test('search-attributes: say so when one of the names has another type', async () => {
  const clash = await namespace('clash', 30, { BatonTeam: INDEXED_VALUE_TYPE_INT });
  await expect(ensureSearchAttributes(connection, clash)).rejects.toMatchObject({
    code: 'SEARCH_ATTRIBUTES_MISSING',
    message: expect.stringContaining('BatonTeam is Int and must be Keyword'),
  });
});

test('examine: finds nothing wrong with an engine that Baton started', async () => {
  const findings = await examine({
    connection: { address: engine.address },
    storeFile: join(folder, 'new', 'store.db'),
  });
  expect(findings.map(({ check, ok, remedy }) => [check, ok, remedy])).toEqual([
    ['node', true, undefined],
    ['executable', true, undefined],
    ['engine', true, undefined],
    ['namespace', true, undefined],
    ['search attributes', true, undefined],
    ['store', true, undefined],
  ]);
});

test('examine: advises a longer retention and names the missing attributes of a bare namespace', async () => {
  const brief = await namespace('brief', 1);
  const findings = await examine({ connection: { address: engine.address }, namespace: brief });
  expect(only(findings, 'namespace')).toMatchObject({
    ok: true,
    detail: 'brief, keeps closed runs for 1 day',
    remedy: expect.stringMatching(
      /gone 1 day after.*baton audit export.*update --namespace brief --retention 30d/,
    ),
  });
  expect(only(findings, 'search attributes')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('BatonDeadline (Datetime)'),
    remedy: expect.stringContaining('--name BatonDeadline --type Datetime'),
  });
});

test('examine: says that a namespace is not there', async () => {
  const findings = await examine({ connection: { address: engine.address }, namespace: 'nowhere' });
  expect(only(findings, 'namespace')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('nowhere'),
  });
});

test('examine: tells whether somebody polls the task queue', async () => {
  const ask = async (): Promise<Finding | undefined> =>
    only(await examine({ connection: { address: engine.address }, taskQueue: 'desk' }), 'worker');
  expect(await ask()).toMatchObject({ ok: false, detail: 'nobody polls desk' });

  const stop = new AbortController();
  const poll = connection
    .withDeadline(Date.now() + 60_000, () =>
      connection.withAbortSignal(stop.signal, () =>
        connection.workflowService.pollWorkflowTaskQueue({
          namespace: 'default',
          taskQueue: { name: 'desk' },
          identity: 'ada@laptop',
        }),
      ),
    )
    .catch(() => {});
  await expect.poll(ask, { timeout: 20_000 }).toMatchObject({ ok: true, detail: 'desk: ada@laptop' });
  stop.abort();
  await poll;
});

test('examine: says that no engine runs, that none answers, or that Node is too old', async () => {
  const dataDir = join(folder, 'unused');
  const idle = await examine({ dataDir, nodeVersion: '20.18.1' });
  expect(only(idle, 'engine')).toMatchObject({ ok: false, detail: 'no engine runs for this folder' });
  expect(only(idle, 'node')).toMatchObject({ ok: false, remedy: 'Install Node 20.19 or later.' });
  const silent = await examine({ connection: { address: '127.0.0.1:2', connectTimeout: 200 } });
  expect(only(silent, 'engine')).toMatchObject({ ok: false, detail: expect.stringContaining('127.0.0.1:2') });
  expect(only(silent, 'namespace')).toBeUndefined();
});

test('examine: reports a missing executable, which a server of your own makes unnecessary', async () => {
  const env = { PATH: join(folder, 'empty'), BATON_CACHE_DIR: join(folder, 'empty') };
  const own = await examine({ env, dataDir: join(folder, 'unused') });
  expect(only(own, 'executable')).toMatchObject({
    ok: false,
    remedy: expect.stringContaining('baton engine'),
  });
  const external = await examine({ env, connection: { address: engine.address } });
  expect(only(external, 'executable')).toMatchObject({ ok: true });
});

test('examine: says that the store cannot be written when its path is a folder or lies under a file', async () => {
  mkdirSync(join(folder, 'store.db'), { recursive: true });
  writeFileSync(join(folder, 'file'), '');
  const look = async (storeFile: string): Promise<Finding | undefined> =>
    only(await examine({ dataDir: join(folder, 'unused'), storeFile }), 'store');
  expect(await look(join(folder, 'store.db'))).toMatchObject({
    ok: false,
    detail: expect.stringContaining('a folder'),
  });
  expect(await look(join(folder, 'file', 'store.db'))).toMatchObject({ ok: false });
});
