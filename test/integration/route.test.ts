/** Routing: who is to have a task, decided by rule, meaning, model or person, and recorded. */
import { describe, expect, test } from 'vitest';
import { openaiModel, type Model } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { firstRequest, timeline, withDesk } from '../fixtures/harness.js';
import { startProvider } from '../fixtures/provider.js';

const sure = (destination: string, confidence: number) => () => ({
  output: { destination, confidence, reason: 'because' },
});

async function routed(model: Model, workflow: string, input: unknown) {
  return withDesk({ model }, async (desk) => {
    const run = await desk.start(workflow, input);
    const result: unknown = await run.result();
    const event = (await timeline(run)).find(({ kind }) => kind === 'routed');
    return { result, event };
  });
}

describe('rules', () => {
  test('R1 the first rule that holds decides, and no model is asked', async () => {
    const model = scriptedModel({});
    const ticket = { text: 'I want a refund', vip: true };
    expect(await routed(model, 'routes', ticket)).toMatchObject({
      result: { to: 'account', by: 'rules' },
      event: {
        router: 'by-words | by-meaning | by-model',
        by: 'rules',
        confidence: 1,
        reason: 'the customer is a VIP',
        tried: [{ router: 'by-words', decided: true }],
      },
    });
    expect(model.calls).toEqual([]);
  });
});

describe('similarity', () => {
  test('R3 the closest description decides; scores and how they were made are recorded', async () => {
    const model = scriptedModel({});
    const { result, event } = await routed(model, 'routes', { text: 'an error message, and it is slow' });
    expect(result).toEqual({ to: 'technical', by: 'similarity' });
    expect(event).toMatchObject({
      reason: expect.stringContaining('cosine of weighted words'),
      tried: [
        { router: 'by-words', decided: false },
        { router: 'by-meaning', decided: true, to: 'technical', scores: { billing: 0, account: 0 } },
      ],
    });
    expect(model.calls).toEqual([]);
  });

  test('R3 a provider is asked for embeddings once, and their cosines are the scores', async () => {
    const vectors = [
      [1, 1],
      [1, 0],
      [1, 1.1],
      [0, 0],
    ];
    const provider = await startProvider([
      {
        status: 200,
        body: { model: 'e-1', data: vectors.map((embedding, index) => ({ index, embedding })) },
      },
    ]);
    try {
      const model = openaiModel({ model: 'm', embeddingModel: 'e', baseURL: provider.baseURL, env: {} });
      expect(await routed(model, 'routesOrKeeps', 'it hangs')).toMatchObject({
        result: 'technical',
        event: {
          confidence: 0.9989,
          reason: 'cosine of e-1',
          tried: [{ scores: { billing: 0.7071, technical: 0.9989, account: 0 } }],
        },
      });
      expect(provider.requests.map(({ body }) => body['input'])).toEqual([
        [
          'it hangs',
          'Settle invoices, refunds and payments.',
          'crash, error message, slow, does not load, bug',
          'Help with passwords, names and addresses.',
        ],
      ]);
    } finally {
      await provider.close();
    }
  });

  test('R4 keep: what is close to nothing goes to nobody', async () => {
    expect(await routed(scriptedModel({}), 'routesOrKeeps', 'lorem ipsum')).toMatchObject({
      result: 'keep',
      event: { to: 'keep', by: 'fallback' },
    });
  });
});

describe('classifier', () => {
  test('R2 a model chooses among the declared destinations, and is given nothing else', async () => {
    const model = scriptedModel({
      'by-model': sure('billing', 0.9),
      billing: () => ({ content: 'settled' }),
    });
    const { result, event } = await routed(model, 'routesAndDelegates', 'charged twice');
    expect(result).toBe('settled');
    expect(event).toMatchObject({ to: 'billing', by: 'classifier', confidence: 0.9, reason: 'because' });
    const { request } = model.calls[0] ?? {};
    expect(request?.input).toEqual({
      input: 'charged twice',
      destinations: [
        { name: 'billing', competence: 'Settle invoices, refunds and payments.' },
        { name: 'technical', competence: 'Mend crashes, errors and slow pages.' },
      ],
    });
    expect(request?.output?.schema).toMatchObject({
      properties: { destination: { enum: ['billing', 'technical'] } },
    });
    expect(request?.system).toContain('A double charge is billing.');
  });

  test('R4 below its threshold the declared fallback decides', async () => {
    const model = scriptedModel({
      'by-model': sure('billing', 0.4),
      account: () => ({ content: 'asked back' }),
    });
    expect(await routed(model, 'routesAndDelegates', 'hm')).toMatchObject({
      result: 'asked back',
      event: { to: 'account', by: 'fallback', tried: [{ decided: false, to: 'billing', confidence: 0.4 }] },
    });
  });

  test('R4 a destination that was not declared is no answer: it is repaired, and then the fallback decides', async () => {
    const model = scriptedModel({ 'by-model': sure('legal', 1), account: () => ({ content: 'took it' }) });
    expect(await routed(model, 'routesAndDelegates', 'sue me')).toMatchObject({
      result: 'took it',
      event: {
        by: 'fallback',
        tried: [{ decided: false, problem: expect.stringContaining('OUTPUT_INVALID') }],
      },
    });
    expect(model.calls.filter(({ agent }) => agent === 'by-model')).toHaveLength(3);
  });
});

test('R4 a person chooses where no router is sure, and sees what each of them said', async () => {
  const model = scriptedModel({ 'by-model': sure('billing', 0.3) });
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('routes', { text: 'lorem' });
    const request = await firstRequest(run);
    expect(request).toMatchObject({
      redirectTo: ['account', 'billing', 'technical'],
      details: expect.stringContaining('by-model: billing, 0.30, not sure enough (because)'),
    });
    await run.executeUpdate('decide', {
      args: [{ request: request.id, option: 'redirect', to: 'technical', by: 'ada' }],
    });
    expect(await run.result()).toEqual({ to: 'technical', by: 'person' });
  });
});
