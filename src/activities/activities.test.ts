/** An activity retried after its earlier attempt died: no step happens twice, wherever the attempt stopped. */
import type { CallModelInput } from '../contracts/wire/model-call.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CallModelResult } from '../contracts/wire/activities.js';
import type { CallToolInput } from '../contracts/wire/tool-call.js';
import { agent } from '../contracts/definitions/agent.js';
import { digest } from '../contracts/data/canonical-json.js';
import type { Definition } from '../contracts/definitions/definition.js';
import type { Json } from '../contracts/data/json.js';
import type { PriceTable } from '../contracts/definitions/price.js';
import { tool } from '../contracts/definitions/tool.js';
import { ModelError, type Model } from '../models/model/model.js';
import { offlineModel } from '../models/offline/index.js';
import { openLibsqlStore } from '../store/libsql-store.js';
import type { Store } from '../store/store.js';
import { scriptedModel } from '../testing/scripted-model.js';
import { implement, NotDone } from './tools/implement.js';
import { createActivities } from './index.js';
import { createRegistry } from './registry/registry.js';
import { envelope } from '../../test/fixtures/envelope.js';

const ann = agent({ name: 'ann', goal: 'Answer.' });
const shape = { description: 'Pays.', input: z.object({ cents: z.number() }) };
const vague = tool({ name: 'vague', ...shape, effect: 'irreversible' });
const keyed = tool({ name: 'keyed', ...shape, effect: 'irreversible', idempotency: 'keyed' });
const gauge = tool({ name: 'gauge', ...shape });
const byAmount = tool({
  name: 'by_amount',
  ...shape,
  effect: 'irreversible',
  idempotency: ({ cents }) => (cents < 10 ? 'keyed' : 'none'),
  unknownOutcome: { done: 'It was paid', again: 'Pay it again' },
});

const bea = agent({ name: 'bea', goal: 'Measure.', tools: [gauge] });

let folder = '';
let store: Store;
let performed: string[] = [];
/** The tools throw these errors in order; when the list is empty, they succeed. */
let failures: Error[] = [];
/** The tools return these outputs in order; when the list is empty, they return a text. */
let outputs: Json[] = [];
/** Called while a tool runs. */
let whilePerforming = (): void => {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-activities-'));
  store = await openLibsqlStore(`file:${join(folder, 'store.db')}`);
  performed = [];
  failures = [];
  outputs = [];
  whilePerforming = () => {};
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function activities(model: Model = scriptedModel({}), prices?: PriceTable) {
  const implementations = [vague, keyed, gauge, byAmount].map((definition) =>
    implement(definition, (_args, { idempotencyKey }) => {
      performed.push(idempotencyKey);
      whilePerforming();
      const failing = failures.shift();
      if (failing) throw failing;
      return outputs.shift() ?? `done ${performed.length}`;
    }),
  );
  const definitions = [ann, bea] as unknown as Definition[];
  return createActivities(
    createRegistry({ definitions, implementations, models: { default: model }, prices, store }),
  );
}

const call = (name: string): CallToolInput => ({
  root: 'r',
  step: `${name}-0`,
  tool: name,
  agent: 'desk',
  call: { args: { cents: 5 } },
  returns: 'value',
});

function attempt(input: CallToolInput) {
  return new MockActivityEnvironment({ attempt: 2 }).run(activities().callTool, input);
}

describe('callTool, in a second attempt', () => {
  test.each(['vague', 'keyed', 'gauge'])(
    '%s: gives the first one’s result when that was kept',
    async (name) => {
      const first = await attempt(call(name));
      expect(await attempt(call(name))).toEqual(first);
      expect(performed).toHaveLength(1);
    },
  );

  test.each(['vague', 'keyed'])('%s: goes by the receipt when the result was not kept', async (name) => {
    await store.begin('r', `${name}-0`, { tool: name, argsDigest: digest({ cents: 5 }) });
    await store.complete('r', `${name}-0`, JSON.stringify({ ok: true, content: 'paid', output: 'paid' }));
    expect(await attempt(call(name))).toMatchObject({ kind: 'done', output: 'paid' });
    expect(performed).toEqual([]);
  });

  test('D1 vague: an intent without a receipt is an unknown outcome, and nothing is repeated', async () => {
    await store.begin('r', 'vague-0', { tool: 'vague', argsDigest: digest({ cents: 5 }) });
    expect(await attempt(call('vague'))).toMatchObject({ kind: 'unknown-outcome' });
    expect(performed).toEqual([]);
  });

  test('keyed: an intent without a receipt is repeated under the same key', async () => {
    await store.begin('r', 'keyed-0', { tool: 'keyed', argsDigest: digest({ cents: 5 }) });
    expect(await attempt(call('keyed'))).toMatchObject({ kind: 'done', output: 'done 1' });
    expect(performed).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });
});

describe('callTool, when the run was reset and its step came to other arguments', () => {
  const other = (name: string): CallToolInput => ({ ...call(name), call: { args: { cents: 6 } } });

  test('gauge: a tool that is safe to repeat runs with the new arguments, under a new key', async () => {
    expect(await attempt(call('gauge'))).toMatchObject({ output: 'done 1' });
    expect(await attempt(other('gauge'))).toMatchObject({ output: 'done 2' });
    expect(await attempt(call('gauge'))).toMatchObject({ output: 'done 1' });
    expect(new Set(performed).size).toBe(2);
  });

  test.each(['vague', 'keyed'])(
    'D1 %s: they are refused, and the old receipt is not theirs',
    async (name) => {
      await attempt(call(name));
      expect(await attempt(other(name))).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/was carried out with other arguments at .* It was not called/),
      });
      expect(performed).toHaveLength(1);
      expect(await attempt(call(name))).toMatchObject({ kind: 'done', output: 'done 1' });
    },
  );

  test('D1 vague: the new arguments are refused when the outcome of the old call is unknown', async () => {
    await store.begin('r', 'vague-0', { tool: 'vague', argsDigest: digest({ cents: 5 }) });
    expect(await attempt(other('vague'))).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('unknown outcome'),
    });
    expect(performed).toEqual([]);
  });
});

describe('callTool, where idempotency depends on the arguments', () => {
  const paying = (cents: number): CallToolInput => ({ ...call('by_amount'), call: { args: { cents } } });

  test('an intent without a receipt is repeated when a repeat of these is recognised', async () => {
    await store.begin('r', 'by_amount-0', { tool: 'by_amount', argsDigest: digest({ cents: 5 }) });
    expect(await attempt(paying(5))).toMatchObject({ kind: 'done' });
    expect(performed).toHaveLength(1);
  });

  test('D1 it is an unknown outcome, in the tool’s words and with the call’s key, when it is not', async () => {
    await store.begin('r', 'by_amount-0', { tool: 'by_amount', argsDigest: digest({ cents: 50 }) });
    expect(await attempt(paying(50))).toEqual({
      effect: 'irreversible',
      kind: 'unknown-outcome',
      begunAt: expect.any(String),
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      wording: { done: 'It was paid', again: 'Pay it again' },
    });
    expect(performed).toEqual([]);
  });
});

describe('callTool, when an irreversible tool reports that nothing was done', () => {
  const first = (input: CallToolInput, number: number) =>
    new MockActivityEnvironment({ attempt: number }).run(activities().callTool, input);

  test('NotDone: the caller gets the failure at once', async () => {
    failures = [new NotDone('the account is closed')];
    expect(await first(call('vague'), 1)).toMatchObject({ kind: 'failed', message: 'the account is closed' });
  });

  test('NotDone with retry: tried again, as often as any tool, and nothing is left begun', async () => {
    failures = [1, 2, 3].map(() => new NotDone('the line is busy', { retry: true }));
    await expect(first(call('vague'), 1)).rejects.toMatchObject({ type: 'TOOL_FAILED', nonRetryable: false });
    await expect(first(call('vague'), 2)).rejects.toMatchObject({ type: 'TOOL_FAILED' });
    expect(await first(call('vague'), 3)).toMatchObject({ kind: 'failed', message: 'the line is busy' });
    expect(performed).toHaveLength(3);
  });

  test('NotDone with retry: the next attempt may succeed', async () => {
    failures = [new NotDone('the line is busy', { retry: true })];
    await expect(first(call('vague'), 1)).rejects.toMatchObject({ type: 'TOOL_FAILED' });
    expect(await first(call('vague'), 2)).toMatchObject({ kind: 'done' });
  });

  test('NotDone: an attempt that has timed out leaves the intent, which may be that of a later one', async () => {
    const late = new MockActivityEnvironment({ attempt: 1 });
    failures = [new NotDone('the line is busy', { retry: true })];
    whilePerforming = () => late.cancel();
    await late.run(activities().callTool, call('vague')).catch(() => undefined);
    expect(performed).toHaveLength(1);
    expect(await first(call('vague'), 2)).toMatchObject({ kind: 'unknown-outcome' });
    expect(performed).toHaveLength(1);
  });
});

test('callTool: a long failure and a long result stay out of the history', async () => {
  failures = [new NotDone('x'.repeat(5_000_000))];
  const failed = await attempt(call('gauge'));
  expect(failed).toMatchObject({ kind: 'failed', message: expect.stringMatching(/^gauge failed: x+…$/) });
  expect(JSON.stringify(failed).length).toBeLessThan(5_000);
  outputs = ['y'.repeat(5_000_000)];
  const done = await attempt({ ...call('gauge'), step: 'gauge-1', returns: 'reference' });
  expect(done).toMatchObject({ kind: 'done', bytes: 5_000_000 });
  expect(JSON.stringify(done).length).toBeLessThan(1_000);
});

describe('callModel, in a second attempt', () => {
  const turn: CallModelInput = {
    root: 'r',
    turnKey: 'ann-0/turn-1',
    agent: 'ann',
    head: null,
    entries: [envelope({ to: 'ann', input: 'Why?' })],
    handoffs: [],
  };

  test('D1 D3 gives the first one’s answer without asking the model again, and the talk does not fork', async () => {
    const model = scriptedModel({ ann: [{ content: 'Because.' }, { content: 'Something else.' }] });
    const { callModel } = activities(model);
    const first: CallModelResult = await new MockActivityEnvironment().run(callModel, turn);
    const second = await new MockActivityEnvironment({ attempt: 2 }).run(callModel, turn);
    expect(second).toEqual(first);
    expect(first.move).toMatchObject({ kind: 'finish', output: 'Because.' });
    expect(model.calls).toHaveLength(1);
  });

  test('two attempts at once, as after a heartbeat that came too late: both give one answer', async () => {
    const model = scriptedModel({ ann: [{ content: 'One.' }, { content: 'Two.' }] });
    const { callModel } = activities(model);
    const [first, second] = await Promise.all(
      [1, 2].map((number) => new MockActivityEnvironment({ attempt: number }).run(callModel, turn)),
    );
    expect(second).toEqual(first);
  });

  const prices: PriceTable = {
    version: '2026-11',
    models: { scripted: { input: 250_000, output: 2_000_000 } },
  };
  const answered = [{ content: 'Because.', usage: { inputTokens: 1_000, outputTokens: 501 } }];

  test('cost: whole micro-units, with the version of the price table', async () => {
    const { callModel } = activities(scriptedModel({ ann: answered }), prices);
    const { cost }: CallModelResult = await new MockActivityEnvironment().run(callModel, turn);
    expect(cost).toEqual({ amount: 1_252, currency: 'USD', prices: '2026-11' });
  });

  test('cost: none without a price, and 0 where no provider is asked', async () => {
    const unpriced = activities(scriptedModel({ ann: answered }), { version: '1', models: {} });
    const without: CallModelResult = await new MockActivityEnvironment().run(unpriced.callModel, turn);
    expect(without.cost).toBeUndefined();
    const offline = activities(offlineModel(), { version: '1', models: {} });
    const bounded: CallModelInput = { ...turn, turnKey: 'ann-1/turn-1', priced: true };
    const free: CallModelResult = await new MockActivityEnvironment().run(offline.callModel, bounded);
    expect(free.cost).toEqual({ amount: 0, currency: 'USD', prices: '1' });
  });

  test.each([undefined, { version: '1', models: { other: { input: 1, output: 1 } } }])(
    'H10 cost: a model without a price is not asked when a budget bounds the cost',
    async (table) => {
      const model = scriptedModel({ ann: answered });
      const { callModel } = activities(model, table);
      const bounded: CallModelInput = { ...turn, priced: true };
      await expect(new MockActivityEnvironment().run(callModel, bounded)).rejects.toMatchObject({
        type: 'BAD_CONFIG',
        nonRetryable: true,
        message: expect.stringContaining(
          "bounds agent ann, but its model scripted has no price: the configuration lacks prices.models['scripted']",
        ),
      });
      expect(model.calls).toHaveLength(0);
    },
  );

  test('UNKNOWN_AGENT: names the agents that the worker has', async () => {
    const { callModel } = activities();
    await expect(
      new MockActivityEnvironment().run(callModel, { ...turn, agent: 'bob' }),
    ).rejects.toMatchObject({
      type: 'UNKNOWN_AGENT',
      nonRetryable: true,
      message: expect.stringContaining('It has: ann, bea.'),
    });
  });
});

test('callModel: half of a surrogate pair in an answer becomes U+FFFD, and is asked for once', async () => {
  const model = scriptedModel({ ann: [{ content: 'a\uD83D b' }] });
  const input: CallModelInput = {
    root: 'r',
    turnKey: 'ann-0/turn-1',
    agent: 'ann',
    head: null,
    entries: [envelope({ to: 'ann', input: 'go' })],
    handoffs: [],
  };
  const { move } = (await new MockActivityEnvironment().run(
    activities(model).callModel,
    input,
  )) as CallModelResult;
  expect(move).toMatchObject({ kind: 'finish', output: 'a\uFFFD b' });
  expect(model.calls).toHaveLength(1);
});

describe('JSON that nests thousands deep', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as Json;

  test('callModel: arguments that nest without end are not stored, and the model reads why', async () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    const model = scriptedModel({ bea: [{ toolCalls: [{ id: 'a', name: 'gauge', args: deep }], usage }] });
    const input: CallModelInput = {
      root: 'r',
      turnKey: 'bea-0/turn-1',
      agent: 'bea',
      head: null,
      entries: [envelope({ to: 'ann', input: 'go' })],
      handoffs: [],
    };
    const { callModel } = activities(model);
    const { head, move } = (await new MockActivityEnvironment().run(callModel, input)) as CallModelResult;
    const told = 'They are not JSON that can be read: (it nests deeper than 200 levels)';
    expect(move).toMatchObject({
      kind: 'repair',
      entries: [{ kind: 'tool-refused', callId: 'a', reason: expect.stringContaining(told) }],
    });
    expect(model.calls).toHaveLength(1);
    expect(await store.message('r', head)).toMatchObject({ toolCalls: [{ id: 'a', args: null }] });
  });

  test('callTool: a tool’s output fails with its code, once, when it nests without end', async () => {
    outputs = [deep];
    expect(await new MockActivityEnvironment().run(activities().callTool, call('gauge'))).toEqual({
      effect: 'read',
      kind: 'failed',
      code: 'TOOL_FAILED',
      message: expect.stringContaining('it nests deeper than 200 levels'),
    });
    expect(performed).toHaveLength(1);
  });
});

test('callModel: a model that asks for no wait is tried again after Temporal’s own', async () => {
  const busy = new ModelError('MODEL_RATE_LIMITED', 'busy', true, 0);
  const input: CallModelInput = {
    root: 'r',
    turnKey: 'ann-0/turn-1',
    agent: 'ann',
    head: null,
    entries: [envelope({ to: 'ann', input: 'go' })],
    handoffs: [],
  };
  const { callModel } = activities(scriptedModel({ ann: [{ error: busy }] }));
  const failing = new MockActivityEnvironment().run(callModel, input);
  await expect(failing).rejects.toMatchObject({ type: 'MODEL_RATE_LIMITED', nonRetryable: false });
  // A delay of nothing would tell Temporal not to retry at all.
  await expect(failing).rejects.toMatchObject({ nextRetryDelay: undefined });
});
