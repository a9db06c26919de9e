import { describe, expect, test } from 'vitest';
import { envelope } from '../../../test/fixtures/envelope.js';
import type { Routing } from '../../contracts/handoff/envelope.js';
import type { HistoryFact } from '../runs/history-facts.js';
import { storyOfFacts } from './history-story.js';

const at = '2026-01-01T12:00:00.000Z';
const usage = { inputTokens: 3, outputTokens: 2 };
const started: HistoryFact = { at, kind: 'run-started', workflow: 'desk', input: 'why?' };
const ended: HistoryFact = { at, kind: 'run-completed', result: null };

const scheduled = (key: string, activity: string, input: object): HistoryFact => ({
  at,
  kind: 'activity-scheduled',
  key,
  activityId: key,
  activity,
  input,
});
const completed = (key: string, result: object): HistoryFact => ({
  at,
  kind: 'activity-completed',
  key,
  result,
});
const scored = (key: string, route: string, scores: Record<string, number>): HistoryFact[] => [
  scheduled(key, 'scoreDestinations', {
    path: `${route}/by-meaning`,
    model: 'default',
    text: 'it hangs',
    destinations: [],
    sureness: { atLeast: 0.3, margin: 0.1 },
  }),
  completed(key, { scores, method: 'cosine of e-1' }),
];
const classified = (key: string, route: string, move: object, turn = 1): HistoryFact[] => [
  scheduled(key, 'callModel', {
    turnKey: `${route}/by-model/turn-${turn}`,
    agent: 'by-model',
    entries: turn === 1 ? [{ kind: 'task', input: {} }] : [],
  }),
  completed(key, { move, usage, model: 'm', offline: false }),
];
const says = (destination: string, confidence: number) => ({
  kind: 'finish',
  output: { destination, confidence, reason: 'because' },
});
const given = (path: string, to: string, routing?: Routing): HistoryFact =>
  scheduled(`given-${path}`, 'callModel', {
    turnKey: `${path}/turn-1`,
    agent: to,
    entries: [envelope({ to, input: 'it hangs', ...(routing ? { routing } : {}) })],
  });

const told = (...facts: HistoryFact[]) =>
  storyOfFacts([started, ...facts]).timeline.filter(
    ({ kind, path }) => kind === 'routed' || /route/.test(path),
  );
const routed = (...facts: HistoryFact[]) => told(...facts).filter(({ kind }) => kind === 'routed');

describe('routes of a history', () => {
  test('R3 history: scores that are sure enough are told as the decision, without the task that follows', () => {
    expect(routed(...scored('5', 'route-0', { billing: 0.1, technical: 0.6 }))).toEqual([
      {
        at,
        path: 'route-0',
        kind: 'routed',
        router: 'by-meaning',
        to: 'technical',
        by: 'similarity',
        confidence: 0.6,
        reason: 'cosine of e-1',
        tried: [
          {
            router: 'by-meaning',
            by: 'similarity',
            decided: true,
            to: 'technical',
            confidence: 0.6,
            scores: { billing: 0.1, technical: 0.6 },
            reason: 'cosine of e-1',
          },
        ],
      },
    ]);
  });

  test('R3 history: the task that follows is no second decision', () => {
    const facts = [
      ...scored('5', 'parallel-0/1/route-0', { billing: 0.1, technical: 0.6 }),
      given('parallel-0/1/technical-0', 'technical', { by: 'similarity', router: 'by-meaning' }),
      given('parallel-0/1/technical-1', 'technical', { by: 'rules', router: 'by-words' }),
    ];
    expect(routed(...facts)).toMatchObject([{ by: 'similarity' }, { by: 'rules' }]);
  });

  test('R2 history: a classification decided when the task that follows says so', () => {
    const router = 'by-words | by-meaning | by-model';
    const facts = [
      ...scored('5', 'route-0', { billing: 0.3, technical: 0.31 }),
      ...classified('9', 'route-0', says('billing', 0.8)),
      given('billing-0', 'billing', { by: 'classifier', router, confidence: 0.8, reason: 'because' }),
    ];
    const story = storyOfFacts([started, ...facts]).timeline;
    expect(story.map(({ kind }) => kind)).toEqual(['run-started', 'turn', 'routed', 'delegated']);
    expect(story[2]).toMatchObject({
      path: 'route-0',
      router,
      to: 'billing',
      by: 'classifier',
      confidence: 0.8,
      reason: 'because',
      tried: [
        { router: 'by-meaning', decided: false, to: 'technical', confidence: 0.31 },
        { router: 'by-model', decided: true, to: 'billing', confidence: 0.8 },
      ],
    });
  });

  test('R4 history: what no router was sure of went to the fallback, and all that was said is told', () => {
    const facts = [
      ...classified('5', 'route-0', says('billing', 0.4)),
      given('account-0', 'account', { by: 'fallback', router: 'by-model' }),
    ];
    expect(routed(...facts)).toMatchObject([
      { to: 'account', by: 'fallback', tried: [{ router: 'by-model', decided: false, to: 'billing' }] },
    ]);
    expect(routed(...facts)[0]).not.toHaveProperty('confidence');
  });

  test('R1 history: a decision of rules is told by the task that follows', () => {
    const routing: Routing = {
      by: 'rules',
      router: 'by-words',
      confidence: 1,
      reason: 'mentions an invoice',
    };
    expect(routed(given('billing-0', 'billing', routing))).toEqual([
      {
        at,
        path: 'billing-0',
        kind: 'routed',
        router: 'by-words',
        to: 'billing',
        by: 'rules',
        confidence: 1,
        reason: 'mentions an invoice',
        tried: [],
      },
    ]);
  });

  test('R5 history: a task that code gave directly is no router’s decision', () => {
    const facts = [given('billing-0', 'billing', { by: 'code' }), given('billing-1', 'billing')];
    expect(routed(...facts)).toEqual([]);
  });

  test('R5 history: a classification that no task followed is told, and that nothing is known of its judgement', () => {
    expect(told(...classified('5', 'route-0', says('billing', 0.8)), ended)).toMatchObject([
      { kind: 'turn' },
      { kind: 'note', path: 'route-0', text: expect.stringContaining('by-model said billing, 0.80') },
    ]);
  });

  test('R4 history: a router that failed is told with its problem', () => {
    const facts: HistoryFact[] = [
      scheduled('5', 'scoreDestinations', {
        path: 'route-0/by-meaning',
        destinations: [],
        sureness: { atLeast: 0.3, margin: 0.1 },
      }),
      { at, kind: 'activity-failed', key: '5', failure: { code: 'MODEL_UNAVAILABLE', message: 'is away' } },
      given('account-0', 'account', { by: 'fallback', router: 'by-meaning' }),
    ];
    expect(routed(...facts)).toMatchObject([
      { by: 'fallback', tried: [{ decided: false, problem: 'MODEL_UNAVAILABLE: is away' }] },
    ]);
  });

  test('R2 history: of a repaired classification the last one is told', () => {
    const facts = [
      ...classified('5', 'route-0', { kind: 'repair', problem: 'legal is none of them' }),
      ...classified('9', 'route-0', says('billing', 0.9), 2),
      given('billing-0', 'billing', { by: 'classifier', router: 'by-model', confidence: 0.9 }),
    ];
    expect(routed(...facts)).toMatchObject([{ tried: [{ decided: true, to: 'billing' }] }]);
  });

  test('R4 history: a person who was asked decided, and may have kept it', () => {
    const person = (option: string, to?: string): HistoryFact[] => {
      const pending = [
        {
          id: 'run/0123456789ab',
          reason: 'asked-by-orchestration',
          question: 'Who is to have this?',
          askedBy: 'desk',
          path: 'route-0/person',
          options: ['keep', 'redirect', 'abort'],
          askedAt: at,
        },
      ];
      const decision = {
        request: 'run/0123456789ab',
        option,
        by: 'ada',
        ...(to === undefined ? {} : { to }),
      };
      return [
        { at, kind: 'memo', value: { v: 1, owner: 'desk', pending, more: 0 } },
        { at, kind: 'update-accepted', key: 'u', name: 'decide', input: decision },
        { at, kind: 'update-completed', key: 'u', result: { ...decision, via: 'update', decidedAt: at } },
      ];
    };
    const before = scored('5', 'route-0', { billing: 0.1, technical: 0.2 });
    expect(routed(...before, ...person('redirect', 'technical'))).toMatchObject([
      { to: 'technical', by: 'person', tried: [{ decided: false, to: 'technical', confidence: 0.2 }] },
    ]);
    expect(routed(...person('keep'))).toMatchObject([{ to: 'keep', by: 'person', tried: [] }]);
    expect(routed(...person('abort'))).toEqual([]);
  });
});
