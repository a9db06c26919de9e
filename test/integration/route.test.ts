/** Routing: who is to have a task, decided by rule, meaning, model or person, and recorded. */
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { TimelineEvent } from '@batonhq/baton';
import { offlineModel, openaiModel, type Model } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { tellFacts } from '../../dist/src/client/story/history-story.js';
import { readHistoryFacts } from '../../dist/src/client/runs/read-history.js';
import { failureOf, firstRequest, timeline, view, withDesk, type Desk } from '../fixtures/harness.js';
import { published } from '../fixtures/published.js';
import { startProvider } from '../fixtures/provider.js';

const sure = (destination: string, confidence: number) => () => ({
  output: { destination, confidence, reason: 'because' },
});

const isRouted = ({ kind }: TimelineEvent): boolean => kind === 'routed';

async function routed(model: Model, workflow: string, input: unknown) {
  return withDesk({ model }, async (desk) => {
    const run = await desk.start(workflow, input);
    const result: unknown = await run.result();
    const story = await timeline(run);
    return { result, event: story.find(isRouted), story, told: await fromHistory(desk, run) };
  });
}

/** The routing decisions of a run as its history shows them when no worker is available. */
async function fromHistory(desk: Desk, run: WorkflowHandle): Promise<TimelineEvent[]> {
  const facts = await readHistoryFacts(desk.client, run.workflowId);
  return published<TimelineEvent[]>('timeline', [...tellFacts(facts).timeline]).filter(isRouted);
}

/** How many activities a run's history has. */
async function activities(run: WorkflowHandle): Promise<number> {
  const { events } = await run.fetchHistory();
  return (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes).length;
}

describe('rules', () => {
  test('R1 rules: the first rule that holds decides, and no model is asked', async () => {
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

  test('R1 rules: a handoff that a rule routed is one activity, and the first matching rule is its reason', async () => {
    const model = scriptedModel({ billing: () => ({ content: 'settled' }) });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('routesAndHandsOff', { text: 'refund, please' });
      expect(await run.result()).toBe('settled');
      expect(await activities(run)).toBe(1);
      expect((await timeline(run)).find(isRouted)).toMatchObject({
        router: 'by-words',
        to: 'billing',
        by: 'rules',
        confidence: 1,
        reason: 'says refund',
        tried: [{ router: 'by-words', by: 'rules', decided: true, to: 'billing' }],
      });
      expect(await fromHistory(desk, run)).toEqual((await timeline(run)).filter(isRouted));
    });
  });

  test('R1 rules: they see where the run stands', async () => {
    const model = scriptedModel({ writer: () => ({ content: 'text' }) });
    const { result } = await routed(model, 'routesByState', 'write');
    expect(result).toEqual(['keep', 'technical']);
  });
});

describe('similarity', () => {
  test('R3 similarity: the closest description decides; scores and how they were made are recorded', async () => {
    const model = scriptedModel({});
    const { result, event, told } = await routed(model, 'routes', {
      text: 'an error message, and it is slow',
    });
    expect(result).toEqual({ to: 'technical', by: 'similarity' });
    expect(event).toMatchObject({
      reason: expect.stringContaining('cosine of weighted words'),
      tried: [
        { router: 'by-words', decided: false },
        { router: 'by-meaning', decided: true, to: 'technical', scores: { billing: 0, account: 0 } },
      ],
    });
    expect(model.calls).toEqual([]);
    expect(told).toEqual([event]);
  });

  test('R3 similarity: a provider is asked for embeddings once, and their cosines are the scores', async () => {
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

  test('R5 route: a decision can end in no handoff: what is close to nothing goes to nobody, and the owner stays', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('routesOrKeeps', 'lorem ipsum');
      expect(await run.result()).toBe('keep');
      const story = await timeline(run);
      expect(story.map(({ kind }) => kind)).toEqual(['run-started', 'routed', 'run-ended']);
      expect(story[1]).toMatchObject({
        to: 'keep',
        by: 'fallback',
        tried: [{ router: 'by-meaning', decided: false, scores: { billing: 0, technical: 0, account: 0 } }],
      });
      expect(await view(run)).toMatchObject({ owner: 'routesOrKeeps', counts: { handoffs: 0 } });
    });
  });
});

describe('classifier', () => {
  test('R2 classifier: a model chooses among the declared destinations, and sees nothing else', async () => {
    const model = scriptedModel({
      'by-model': sure('billing', 0.9),
      billing: () => ({ content: 'settled' }),
    });
    const { result, event, told } = await routed(model, 'routesAndDelegates', 'charged twice');
    expect(result).toBe('settled');
    expect(told).toEqual([event]);
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

  test('R4 fallback: below its threshold the declared fallback decides', async () => {
    const model = scriptedModel({
      'by-model': sure('billing', 0.4),
      account: () => ({ content: 'asked back' }),
    });
    const { result, event, told } = await routed(model, 'routesAndDelegates', 'hm');
    expect(told).toEqual([event]);
    expect({ result, event }).toMatchObject({
      result: 'asked back',
      event: { to: 'account', by: 'fallback', tried: [{ decided: false, to: 'billing', confidence: 0.4 }] },
    });
  });

  test('R4 route: an undeclared destination is repaired, and then the fallback decides', async () => {
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

  test('R2 classifier: offline it compares words, says so, and is as unsure as they are', async () => {
    const offline = offlineModel();
    expect(await routed(offline, 'routesAndDelegates', 'I want refunds of two invoices')).toMatchObject({
      event: { to: 'billing', by: 'classifier', reason: 'Offline, by words alone: refunds, invoices.' },
    });
    expect(await routed(offline, 'routesAndDelegates', 'lorem ipsum')).toMatchObject({
      event: { to: 'account', by: 'fallback', tried: [{ decided: false, confidence: 0 }] },
    });
  });
});

describe('the receiver of a task', () => {
  test('R5 route: the handoff says which router chose the receiver, and how sure it was', async () => {
    const model = scriptedModel({
      'by-model': sure('billing', 0.9),
      billing: () => ({ content: 'settled' }),
    });
    const { story } = await routed(model, 'routesAndDelegates', 'charged twice');
    const given = story.filter(({ kind }) => kind === 'delegated');
    expect(given).toMatchObject([{ to: 'billing', by: 'classifier', router: 'by-model', confidence: 0.9 }]);
  });

  test('R5 code: an agent that only the code chose gets its task by code, and no routing is recorded', async () => {
    const model = scriptedModel({ researcher: () => ({ content: 'facts' }) });
    const { story } = await routed(model, 'single', 'find out');
    const given = story.filter(({ kind }) => kind === 'delegated');
    expect(given).toMatchObject([{ to: 'researcher', by: 'code' }]);
    expect(story.some(isRouted)).toBe(false);
  });
});

describe('undeclared destinations', () => {
  test('R4 route: a rule that leads to somebody undeclared has decided nothing', async () => {
    expect(await routed(scriptedModel({}), 'routesAstray', { text: 'anything' })).toMatchObject({
      result: { to: 'keep', by: 'fallback' },
      event: {
        tried: [{ decided: false, problem: 'It chose judge, which is not among its destinations.' }],
      },
    });
  });

  test('R4 route: a destination that is not on the team is refused before any router is asked', async () => {
    const model = scriptedModel({});
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('routesOffTeam', 'anything');
      expect(await failureOf(run)).toMatchObject({
        code: 'UNKNOWN_AGENT',
        message: expect.stringContaining('A route leads to billing, who is not on team'),
      });
      expect(await activities(run)).toBe(0);
      expect((await timeline(run)).some(isRouted)).toBe(false);
    });
  });
});

describe('firstOf', () => {
  test('R4 firstOf: each router is asked only when those before it were not sure, and all they said is recorded', async () => {
    const model = scriptedModel({ 'by-model': sure('technical', 0.8) });
    const { event } = await routed(model, 'routes', { text: 'lorem' });
    expect(event).toMatchObject({
      router: 'by-words | by-meaning | by-model',
      to: 'technical',
      by: 'classifier',
      confidence: 0.8,
      tried: [
        { router: 'by-words', by: 'rules', decided: false },
        { router: 'by-meaning', by: 'similarity', decided: false },
        { router: 'by-model', by: 'classifier', decided: true },
      ],
    });
    expect(model.calls).toHaveLength(1);
  });
});

test('R4 fallback: a person chooses where no router is sure, and sees what each of them said', async () => {
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
    const event = (await timeline(run)).find(isRouted);
    expect(event).toMatchObject({ to: 'technical', by: 'person' });
    expect(await fromHistory(desk, run)).toEqual([event]);
  });
});
