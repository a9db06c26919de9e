/** A summary is made once for each conversation and length, for all agents; the first one that asks pays for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SummarizeContextInput } from '../contracts/wire/activities.js';
import { agent, type AgentDefinition } from '../contracts/definitions/agent.js';
import type { Definition } from '../contracts/definitions/definition.js';
import { team, type TeamDefinition } from '../contracts/definitions/team.js';
import { ModelError } from '../models/model/model.js';
import { openLibsqlStore } from '../store/libsql-store.js';
import type { Store } from '../store/store.js';
import { scriptedModel, type ScriptedModel } from '../testing/scripted-model.js';
import { SUMMARIZER } from './context/summary.js';
import { createActivities } from './index.js';
import { createRegistry } from './registry/registry.js';

const definitions = ['ann', 'bob'].map((name) => agent({ name, goal: 'Answer.' })) as unknown as Definition[];

let folder = '';
let store: Store;
let model: ScriptedModel;
let head = '';
let teams: TeamDefinition[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-summaries-'));
  store = await openLibsqlStore(`file:${join(folder, 'store.db')}`);
  model = scriptedModel({
    [SUMMARIZER]: ['one', 'two', 'three'].map((content) => ({
      content,
      usage: { inputTokens: 9, outputTokens: 1 },
    })),
  });
  head = await store.append('r', null, [{ role: 'assistant', agent: 'cat', content: 'I looked.' }]);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function ask(more: Partial<SummarizeContextInput> = {}) {
  const { summarizeContext } = createActivities(
    createRegistry({ definitions, teams, implementations: [], models: { default: model }, store }),
  );
  const input = { root: 'r', path: 'ann-0', head, agent: 'ann', maxTokens: 256, ...more };
  return new MockActivityEnvironment().run(summarizeContext, input);
}

test('H1 a second attempt, and another receiver, find the summary that was made; only the first one paid', async () => {
  const made = { tokens: 1, model: 'scripted', usage: { inputTokens: 9, outputTokens: 1 } };
  expect(await ask()).toEqual(made);
  expect(await ask()).toEqual(made);
  const free = { inputTokens: 0, outputTokens: 0 };
  expect(await ask({ path: 'bob-0', agent: 'bob' })).toEqual({ ...made, usage: free });
  expect(model.calls).toHaveLength(1);
});

test('summary: another length, or a longer conversation, is summarized again', async () => {
  await ask();
  await ask({ maxTokens: 128 });
  const longer = await store.append('r', head, [
    { role: 'tool', callId: 'c', name: 'look', ok: true, content: 'A lid.' },
  ]);
  await ask({ head: longer });
  expect(model.calls).toHaveLength(3);
});

test('an agent that the worker lacks is refused with a code', async () => {
  await expect(ask({ agent: 'zoe' })).rejects.toMatchObject({ type: 'UNKNOWN_AGENT' });
});

test('summary: a refused key ends it at once when another agent takes over; else it waits for a correction', async () => {
  const refused = { error: new ModelError('MODEL_UNAUTHORIZED', 'The key is refused.', true) };
  model = scriptedModel({ [SUMMARIZER]: [refused, refused] });
  const [first, second] = definitions as unknown as [AgentDefinition, AgentDefinition];
  teams = [team({ name: 'covered', agents: [first, second], recovery: { alternatives: { ann: second } } })];
  const failed = (nonRetryable: boolean) => ({ type: 'MODEL_UNAUTHORIZED', nonRetryable });
  await expect(ask({ team: 'covered' })).rejects.toMatchObject(failed(true));
  await expect(ask()).rejects.toMatchObject(failed(false));
});
