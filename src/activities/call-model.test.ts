/** The conversation as it is kept, and by what an answer is found again. */
import type { CallModelInput, Entry } from '../contracts/wire/model-call.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { envelope } from '../../test/fixtures/envelope.js';
import { conversationProblem } from '../../test/fixtures/provider-conversation.js';
import type { CallModelResult } from '../contracts/wire/activities.js';
import { z } from 'zod';
import { agent } from '../contracts/definitions/agent.js';
import { contract } from '../contracts/definitions/contract.js';
import { handoffCall } from '../contracts/handoff/handoff-call.js';
import { tool } from '../contracts/definitions/tool.js';
import { implement } from './tools/implement.js';
import type { Definition } from '../contracts/definitions/definition.js';
import type { Json } from '../contracts/data/json.js';
import type { Model, ModelRequest } from '../models/model/model.js';
import { toChatMessages } from '../models/openai/conversation.js';
import { openLibsqlStore } from '../store/libsql-store.js';
import type { Store } from '../store/store.js';
import { scriptedModel } from '../testing/scripted-model.js';
import { createActivities } from './index.js';
import { createRegistry } from './registry/registry.js';

const ann = agent({ name: 'ann', goal: 'Answer.' });
let folder = '';
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-call-model-'));
  store = await openLibsqlStore(`file:${join(folder, 'store.db')}`);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const FIRST: CallModelInput = {
  root: 'r',
  turnKey: 'ann-0/turn-1',
  agent: 'ann',
  head: null,
  entries: [envelope({ to: 'ann', input: 'Why?' })],
  handoffs: [],
};

/** Asks once, as the given attempt. */
function ask(model: Model, input: CallModelInput, attempt = 1): Promise<CallModelResult> {
  const definitions = [ann] as unknown as Definition[];
  const { callModel } = createActivities(
    createRegistry({ definitions, implementations: [], models: { default: model }, store }),
  );
  return new MockActivityEnvironment({ attempt }).run(callModel, input);
}

/** As a provider would say it. */
function problemIn(request: ModelRequest | undefined): string | undefined {
  return request && conversationProblem(JSON.parse(JSON.stringify(toChatMessages(request))) as Json);
}

test('handoff: a model that repeats a handoff together with a call hands off the second time', async () => {
  const look = tool({ name: 'look', description: 'Looks.', input: z.object({}), output: z.string() });
  const cy = agent({ name: 'cy', goal: 'Look, and hand off.', tools: [look] });
  const dee = agent({ name: 'dee', goal: 'Settle.' });
  const payload = z.object({ text: z.string() });
  const toDee = contract({ name: 'cy-to-dee', version: 1, from: cy, to: dee, payload });
  const both = {
    toolCalls: [
      { id: 'l', name: 'look', args: {} },
      { id: 'h', ...handoffCall('dee', { text: 'it' }) },
    ],
  };
  const model = scriptedModel({ cy: [both, both] });
  const definitions = [cy, dee, look, toDee] as unknown as Definition[];
  const implementations = [implement(look, () => 'a lid')];
  const { callModel } = createActivities(
    createRegistry({ definitions, implementations, models: { default: model }, store }),
  );
  const turn = (input: Partial<CallModelInput>): Promise<CallModelResult> =>
    new MockActivityEnvironment().run(callModel, {
      ...FIRST,
      agent: 'cy',
      entries: [envelope({ to: 'cy', input: 'Why?' })],
      handoffs: ['cy-to-dee@1'],
      ...input,
    });
  const { head, move } = await turn({});
  if (move.kind !== 'tools') throw new Error(move.kind);
  const looked: Entry = { kind: 'answer', callId: 'l', text: 'a lid' };
  const second = await turn({ head, turnKey: 'cy-0/turn-2', entries: [...move.refused, looked] });
  expect(second.move).toMatchObject({ kind: 'handoff', to: 'dee' });
});

describe('a conversation that continues', () => {
  const repair: Entry = { kind: 'repair', problem: 'Go on.' };
  const roles = (messages: readonly { readonly role: string }[]): string[] =>
    messages.map(({ role }) => role);

  test('H8 an acceptance that finished is answered when its agent is asked again', async () => {
    const accepting = [
      { toolCalls: [{ id: 'a', name: 'accept_handoff', args: { items: [], answer: 'done' } }] },
      { content: 'more' },
    ];
    const model = scriptedModel({ ann: accepting }, { acknowledge: 'scripted' });
    const acknowledge = { items: [], alone: false };
    const { head, move } = await ask(model, { ...FIRST, acknowledge });
    expect(move).toMatchObject({ kind: 'finish', output: 'done' });
    await ask(model, { ...FIRST, turnKey: 'ann-0/turn-2', head, entries: [repair] });
    expect(problemIn(model.calls[1]?.request)).toBeUndefined();
    const messages = model.calls[1]?.request.messages ?? [];
    expect(roles(messages)).toEqual(['user', 'assistant', 'tool', 'user']);
    expect(messages[2]).toMatchObject({ callId: 'a', name: 'accept_handoff', ok: true });
  });

  test('H8 clarify: calls written with the answers to a receiver’s questions are answered before the sender continues', async () => {
    const model = scriptedModel({
      ann: [
        { content: '{"answers":["Red."]}', toolCalls: [{ id: 'b', name: 'gauge', args: {} }] },
        { content: 'more' },
      ],
    });
    const { head } = await ask(model, { ...FIRST, questions: ['Which colour?'] });
    await ask(model, { ...FIRST, turnKey: 'ann-0/turn-2', head, entries: [repair] });
    expect(problemIn(model.calls[1]?.request)).toBeUndefined();
    const messages = model.calls[1]?.request.messages ?? [];
    expect(roles(messages)).toEqual(['user', 'assistant', 'tool', 'user']);
    expect(messages[2]).toMatchObject({ callId: 'b', content: 'Not carried out.', ok: false });
  });
});

test('D3 an answer of 5 MB is asked for again, and is kept in part', async () => {
  const model = scriptedModel({ ann: [{ content: '🙂'.repeat(1_250_000) }] });
  const result = await ask(model, FIRST);
  expect(result.move).toMatchObject({ kind: 'repair', problem: expect.stringContaining('5000000 bytes') });
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(4_000);
  const { content } = await store.message('r', result.head);
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(32_768);
});

test('H9 a context’s manifest is kept once, in the record of its turn, and found by a second attempt', async () => {
  const keep = vi.spyOn(store, 'keep');
  const model = scriptedModel({ ann: [{ content: 'One.' }] });
  const first = await ask(model, FIRST);
  expect(first.manifest).toMatchObject({ v: 1, countedBy: 'o200k_base' });
  expect(await ask(model, FIRST, 2)).toEqual(first);
  expect(model.calls).toHaveLength(1);
  expect(keep.mock.calls.filter(([, , value]) => value.includes('manifest'))).toEqual([]);
});

describe('the key of a stored answer', () => {
  const twice = () => scriptedModel({ ann: [{ content: 'One.' }, { content: 'Two.' }] });

  test('D1 D5 callModel: the model is asked again when the same turn has another question, as after a reset', async () => {
    const model = twice();
    await ask(model, FIRST);
    const other = { ...FIRST, entries: [envelope({ to: 'ann', input: 'When?' })] };
    expect(await ask(model, other)).toMatchObject({ move: { output: 'Two.' } });
    // The first question still has its own answer.
    expect(await ask(model, FIRST, 2)).toMatchObject({ move: { output: 'One.' } });
    expect(model.calls).toHaveLength(2);
  });

  test('D5 callModel: the model is asked again when the same turn follows another decision', async () => {
    const model = scriptedModel({ ann: [{ content: 'One.' }, { content: 'Two.' }, { content: 'Three.' }] });
    const { head } = await ask(model, FIRST);
    const decided = (problem: string): CallModelInput => ({
      ...FIRST,
      turnKey: 'ann-0/turn-2',
      head,
      entries: [{ kind: 'repair', problem }],
    });
    expect(await ask(model, decided('ada said yes'))).toMatchObject({ move: { output: 'Two.' } });
    expect(await ask(model, decided('ada said no'))).toMatchObject({ move: { output: 'Three.' } });
  });

  test('D5 callModel: the model is not asked again when only the budget left differs, as after a reset', async () => {
    const model = twice();
    const by = (until: string): CallModelInput => ({
      ...FIRST,
      entries: [envelope({ to: 'ann', input: 'Why?', budget: { until } })],
    });
    await ask(model, by('2026-01-01T00:00:00.000Z'));
    expect(await ask(model, by('2026-01-01T00:00:01.000Z'))).toMatchObject({ move: { output: 'One.' } });
    expect(model.calls).toHaveLength(1);
  });
});
