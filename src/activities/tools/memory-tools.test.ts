/** The tools of the shared memory, as `callTool` carries them out for an agent and for an orchestration. */
import type { MemoryReference } from '../../contracts/handoff/envelope.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CallToolInput, type CallToolResult, formatResultName } from '../../contracts/wire/tool-call.js';
import type { Definition } from '../../contracts/definitions/definition.js';
import type { Json } from '../../contracts/data/json.js';
import { memory } from '../../contracts/definitions/memory.js';
import { openLibsqlStore } from '../../store/libsql-store.js';
import type { Store } from '../../store/store.js';
import { implement } from './implement.js';
import { createActivities } from '../index.js';
import { VALUE_LIMIT_BYTES } from './memory-tools.js';
import { createRegistry } from '../registry/registry.js';
import { readToolResult } from './tool-result.js';

const State = z.object({ state: z.string() });
const cases = memory({ name: 'case', description: 'The case.', schema: State });
const anything = memory({ name: 'anything', description: 'Whatever.', schema: z.unknown() });

let folder = '';
let store: Store;
let steps = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-memory-'));
  store = await openLibsqlStore(`file:${join(folder, 'store.db')}`);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const definitions = [cases, anything] as unknown as Definition[];
const registry = () => createRegistry({ definitions, implementations: [], models: {}, store });

interface Call {
  readonly tool: string;
  readonly args: Json;
  readonly by?: string;
  readonly step?: string;
  readonly returns?: CallToolInput['returns'];
  readonly memory?: readonly MemoryReference[];
}

function call({
  tool,
  args,
  by = 'ann',
  step,
  returns = 'value',
  memory: pinned,
}: Call): Promise<CallToolResult> {
  return new MockActivityEnvironment().run(createActivities(registry()).callTool, {
    root: 'r',
    step: step ?? `${tool}-${(steps += 1)}`,
    tool,
    agent: by,
    call: { args },
    returns,
    ...(pinned === undefined ? {} : { memory: pinned }),
  });
}

const remember = (state: string, expectedVersion: number | null, more: Partial<Call> = {}) =>
  call({ tool: 'remember_case', args: { key: 'status', value: { state }, expectedVersion }, ...more });
const recall = (args: Record<string, Json> = {}, more: Partial<Call> = {}) =>
  call({ tool: 'recall_case', args: { key: 'status', ...args }, ...more });

const outputOf = (result: CallToolResult): Json | undefined =>
  result.kind === 'done' ? result.output : undefined;
const status = (version: number) => [{ namespace: 'case', key: 'status', version }];

describe('H3 remember', () => {
  test('remember: returns the version that it wrote, to the caller and to the workflow', async () => {
    expect(await remember('open', null)).toMatchObject({
      kind: 'done',
      preview: 'case/status@1: state: open',
      output: { outcome: 'written', reference: 'case/status@1', version: 1 },
      memory: status(1),
    });
  });

  test('remember: a conflict tells the agent the current value, its author and the next step', async () => {
    await remember('open', null);
    await remember('closed', 1, { by: 'bob' });
    const result = await remember('lost', 1, { step: 'late', returns: 'reference' });
    const words =
      'Not written: case/status is at version 2, written by bob, and you expected version 1. ' +
      'Decide again with what it holds, and pass 2 as expectedVersion.';
    expect(result).toEqual({
      effect: 'idempotent',
      kind: 'failed',
      code: 'TOOL_FAILED',
      message: words,
      memory: status(2),
    });
    const args = { key: 'status', value: { state: 'lost' }, expectedVersion: 1 };
    expect(await readToolResult(store, 'r', formatResultName('late', { args }))).toMatchObject({
      ok: false,
      content: `${words} It holds: {"state":"closed"}`,
    });
    expect(await recall({ version: 'newest' })).toMatchObject({ output: { value: { state: 'closed' } } });
  });

  test('remember: a conflict is a result for an orchestration, with the current value as data', async () => {
    await remember('open', null, { by: 'bob', step: 'bob-0/x' });
    expect(outputOf(await remember('again', null))).toMatchObject({
      outcome: 'conflict',
      current: { value: { state: 'open' }, version: 1, by: 'bob', step: 'bob-0/x' },
    });
    expect(
      outputOf(
        await call({ tool: 'remember_case', args: { key: 'x', value: { state: 's' }, expectedVersion: 2 } }),
      ),
    ).toMatchObject({ outcome: 'conflict', current: null, note: expect.stringContaining('is not there') });
  });

  test('remember: a value that is too large is refused with both sizes, and nothing is written', async () => {
    const result = await remember('x'.repeat(VALUE_LIMIT_BYTES), null);
    expect(result).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/case\/status has 30012 bytes, and a value may have 30000/),
    });
    expect(outputOf(await recall())).toMatchObject({ found: false });
  });

  test('the largest value comes back, to an orchestration too', async () => {
    const value = { state: 'x'.repeat(VALUE_LIMIT_BYTES - '{"state":""}'.length) };
    await remember(value.state, null);
    expect(outputOf(await recall())).toMatchObject({ found: true, value });
  });

  test('where the schema takes anything there is still a value, if only null', async () => {
    const none = await call({ tool: 'remember_anything', args: { key: 'k', expectedVersion: null } });
    expect(none).toMatchObject({ kind: 'failed', message: expect.stringContaining('value') });
    await call({ tool: 'remember_anything', args: { key: 'k', value: null, expectedVersion: null } });
    expect(outputOf(await call({ tool: 'recall_anything', args: { key: 'k' } }))).toMatchObject({
      value: null,
    });
  });

  test('D1 remember: a second attempt without a stored result writes nothing more and returns the same', async () => {
    const first = await remember('open', null, { step: 'once' });
    // The first attempt wrote, and died before its result was kept.
    const again = await openLibsqlStore(`file:${join(folder, 'other.db')}`);
    try {
      const written = { namespace: 'case', key: 'status', value: { state: 'open' }, expected: 0 };
      await again.remember('r', { ...written, agent: 'ann', step: 'once' });
      const activities = createActivities(
        createRegistry({ definitions, implementations: [], models: {}, store: again }),
      );
      const args = { key: 'status', value: { state: 'open' }, expectedVersion: null };
      const second = await new MockActivityEnvironment({ attempt: 2 }).run(activities.callTool, {
        root: 'r',
        step: 'once',
        tool: 'remember_case',
        agent: 'ann',
        call: { args },
        returns: 'value',
      } satisfies CallToolInput);
      expect(second).toEqual(first);
      expect(await again.memoryKeys('r', 'case')).toMatchObject([{ key: 'status', version: 1 }]);
    } finally {
      again.close();
    }
  });
});

describe('H3 recall', () => {
  test('gives the newest with its provenance, when its reader was handed none', async () => {
    await remember('open', null);
    await remember('closed', 1, { by: 'bob', step: 'bob-0/write' });
    expect(await recall()).toMatchObject({
      kind: 'done',
      preview: 'case/status@2: state: closed',
      output: {
        found: true,
        reference: 'case/status@2',
        value: { state: 'closed' },
        version: 2,
        by: 'bob',
        step: 'bob-0/write',
        newest: 2,
      },
      memory: status(2),
    });
  });

  test('recall: returns the version that was handed to its reader, and says that a newer one exists', async () => {
    await remember('open', null);
    await remember('closed', 1, { by: 'bob' });
    expect(outputOf(await recall({}, { memory: status(1) }))).toMatchObject({
      reference: 'case/status@1',
      value: { state: 'open' },
      newest: 2,
      note: 'Version 2 is newer, written by bob. Ask for version "newest" to read it.',
    });
    expect(outputOf(await recall({ version: null }, { memory: status(1) }))).toMatchObject({ version: 1 });
    expect(outputOf(await recall({ version: 'newest' }, { memory: status(1) }))).toMatchObject({
      version: 2,
    });
    expect(outputOf(await recall({ version: 2 }, { memory: status(1) }))).toMatchObject({ version: 2 });
  });

  test('recall: names a missing key or version', async () => {
    expect(outputOf(await recall())).toEqual({
      found: false,
      newest: 0,
      note: 'case/status is not there; list_case names the keys that are.',
    });
    await remember('open', null);
    expect(outputOf(await recall({ version: 7 }))).toEqual({
      found: false,
      newest: 1,
      note: 'case/status has no version 7; its newest is 1.',
    });
  });

  test('recall: refuses a value of another schema than this worker’s, and names the misfit', async () => {
    const old = { namespace: 'case', key: 'status', value: 'open', expected: 0, agent: 'ann', step: 's' };
    await store.remember('r', old);
    expect(await recall()).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/^case\/status@1 was written with another schema/),
    });
  });
});

test('H3 list: the keys with their newest versions, and which of them were handed', async () => {
  expect(await call({ tool: 'list_case', args: {} })).toMatchObject({
    preview: 'case is empty',
    output: { keys: [] },
  });
  await remember('open', null);
  await remember('closed', 1, { by: 'bob' });
  await call({
    tool: 'remember_case',
    args: { key: 'order', value: { state: 'sent' }, expectedVersion: null },
  });
  expect(await call({ tool: 'list_case', args: {}, memory: status(1) })).toMatchObject({
    preview: 'case/order@1, case/status@2',
    output: {
      keys: [
        { key: 'order', version: 1, by: 'ann' },
        { key: 'status', version: 2, by: 'bob', handed: 1 },
      ],
    },
  });
});

describe('BAD_CONFIG', () => {
  test('an implementation of a tool of the shared memory is refused', () => {
    const own = implement(cases.list, () => ({ keys: [] }));
    expect(() => createRegistry({ definitions, implementations: [own], models: {}, store })).toThrow(
      'implements list_case, which is a tool of the shared memory',
    );
  });

  test('two namespaces of one name are refused', () => {
    const other = memory({ name: 'case', description: 'Another.', schema: z.string() });
    const both = [cases, other] as unknown as Definition[];
    expect(() => createRegistry({ definitions: both, implementations: [], models: {}, store })).toThrow(
      'Two memories are named case',
    );
  });
});
