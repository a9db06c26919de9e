import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, expect, test } from 'vitest';
import { createActivities } from '../activities/index.js';
import { createRegistry } from '../activities/registry/registry.js';
import { agent } from '../contracts/definitions/agent.js';
import type { Definition } from '../contracts/definitions/definition.js';
import type { CallModelResult } from '../contracts/wire/activities.js';
import type { CallModelInput } from '../contracts/wire/model-call.js';
import { openLibsqlStore } from '../store/libsql-store.js';
import { scriptedModel } from '../testing/scripted-model.js';
import { envelope } from '../../test/fixtures/envelope.js';
import { CALLS, type KeptCall } from '../activities/turn/kept-prompts.js';
import { findCall } from '../cli/serve/read-prompts.js';
import { openStoredPrompts } from './stored-prompts.js';

const folder = mkdtempSync(join(tmpdir(), 'baton-prompts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const definitions = [agent({ name: 'ann', goal: 'Answer.' })] as unknown as Definition[];
const FIRST: CallModelInput = {
  root: 'run',
  turnKey: 'ann-0/turn-1',
  agent: 'ann',
  head: null,
  entries: [envelope({ to: 'ann', input: 'Why?' })],
  handoffs: [],
};

async function takeTwoTurns(name: string, keepPrompts?: boolean) {
  const url = `file:${join(folder, name)}`;
  const store = await openLibsqlStore(url);
  const model = scriptedModel({ ann: [{ content: 'Because.' }, { content: 'Because of it.' }] });
  const source = { definitions, implementations: [], models: { default: model }, store, keepPrompts };
  const { callModel } = createActivities(createRegistry(source));
  const environment = new MockActivityEnvironment();
  const { head } = (await environment.run(callModel, FIRST)) as CallModelResult;
  const entries = [{ kind: 'repair', problem: 'Say more.' }] as const;
  await environment.run(callModel, { ...FIRST, head, entries, turnKey: 'ann-0/turn-2' });
  return { store, prompts: await openStoredPrompts(url) };
}

test('prompts: each call is kept with its parts, their tokens and the answer, and deleted with the run', async () => {
  const { store, prompts } = await takeTwoTurns('kept.db');
  expect(await prompts.list('run')).toMatchObject([
    { number: 1, step: 'ann-0/turn-1', agent: 'ann' },
    { number: 2, step: 'ann-0/turn-2', agent: 'ann' },
  ]);
  const second = await prompts.read('run', 2);
  expect(second).toMatchObject({
    sections: [
      { section: 'system-prompt', text: expect.stringContaining('Your goal: Answer.') },
      { section: 'task', text: 'Why?' },
      { section: 'earlier-answer', text: 'Because.' },
      { section: 'repair', text: 'Say more.' },
    ],
    answer: 'Because of it.',
  });
  for (const { tokens } of second?.sections ?? []) expect(tokens).toBeGreaterThan(0);
  expect(await prompts.list('another run')).toEqual([]);
  await store.deleteRoot('run');
  expect(await prompts.list('run')).toEqual([]);
  expect(await store.size('run')).toBe(0);
});

test('prompts: a call is read by its number, when a run was reset and several calls have one step', async () => {
  const { store, prompts } = await takeTwoTurns('reset.db');
  const [kept] = await store.records('run', CALLS);
  const first = JSON.parse(kept?.value ?? '') as KeptCall;
  const { head } = JSON.parse((await store.records('run', CALLS))[1]?.value ?? '') as KeptCall;
  await store.keep('run', `${CALLS}${first.step}:${head}`, JSON.stringify({ ...first, head }));
  const calls = await prompts.list('run');
  expect(calls.map(({ step }) => step)).toEqual(['ann-0/turn-1', 'ann-0/turn-2', 'ann-0/turn-1']);
  const numberOf = (step: string) => findCall(calls, { workflowId: 'run', step }).number;
  expect(['1', '3', 'ann-0/turn-1', 'ann-0/turn-2'].map(numberOf)).toEqual([1, 3, 3, 2]);
  const answers = await Promise.all([1, 2, 3].map((number) => prompts.read('run', number)));
  expect(answers.map((prompt) => prompt?.answer)).toEqual(['Because.', 'Because of it.', 'Because of it.']);
  expect(answers.map((prompt) => prompt?.number)).toEqual([1, 2, 3]);
});

test('prompts: none is kept when the configuration disables it', async () => {
  const { prompts } = await takeTwoTurns('off.db', false);
  expect(await prompts.list('run')).toEqual([]);
});
