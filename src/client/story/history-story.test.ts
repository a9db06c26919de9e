import { describe, expect, test } from 'vitest';
import { envelope } from '../../../test/fixtures/envelope.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import type { HistoryFact } from '../runs/history-facts.js';
import { storyOfFacts } from './history-story.js';

const at = '2026-01-01T12:00:00.000Z';
const later = '2026-01-02T12:00:00.000Z';
const usage = { inputTokens: 3, outputTokens: 2 };

const started: HistoryFact = { at, kind: 'run-started', workflow: 'desk', input: 'why?' };
const call = (key: string, path: string, agent: string, task?: Partial<Envelope>, turn = 1): HistoryFact => ({
  at,
  kind: 'activity-scheduled',
  key,
  activityId: key,
  activity: 'callModel',
  input: { turnKey: `${path}/turn-${turn}`, agent, entries: task ? [envelope({ to: agent, ...task })] : [] },
});
const answer = (key: string, move: object): HistoryFact => ({
  at,
  kind: 'activity-completed',
  key,
  result: { move, usage, model: 'offline', offline: true },
});
const request = {
  id: 'run/0123456789ab',
  reason: 'asked-by-orchestration',
  question: 'Publish?',
  askedBy: 'desk',
  path: 'approval-0',
  options: ['approve', 'reject'],
  askedAt: at,
  deadline: later,
};
const memo = (...pending: object[]): HistoryFact => ({
  at,
  kind: 'memo',
  value: { v: 1, owner: 'desk', pending, more: 0 },
});
const signal = (input: unknown): HistoryFact => ({ at, kind: 'signal', name: 'decide', input });
const taken: HistoryFact = { at, kind: 'task-completed' };

const kinds = (facts: HistoryFact[]): string[] => storyOfFacts(facts).timeline.map(({ kind }) => kind);

describe('storyOfFacts', () => {
  test('story: a delegation is told from its first turn to its return', () => {
    const facts = [
      started,
      call('5', 'researcher-0', 'researcher', { input: 'why?' }),
      answer('5', { kind: 'finish', output: 'because', preview: 'because' }),
    ];
    const story = storyOfFacts(facts);
    expect(story.timeline).toMatchObject([
      { kind: 'run-started', workflow: 'desk' },
      {
        kind: 'delegated',
        path: 'researcher-0',
        from: 'desk',
        to: 'researcher',
        trigger: 'specialization',
        preview: 'why?',
      },
      { kind: 'turn', agent: 'researcher', turn: 1, move: 'finished: because', ...usage },
      { kind: 'returned', path: 'researcher-0', from: 'researcher', to: 'desk', preview: 'because' },
    ]);
    expect(story).toMatchObject({
      models: ['offline'],
      counts: { modelCalls: 1, inputTokens: 3 },
      active: [],
    });
  });

  test('story: who hands over in its own turn returns at the place where the delegation began', () => {
    const facts = [
      started,
      call('5', 'lead-0', 'lead', { input: 'weigh' }),
      answer('5', { kind: 'handoff', to: 'writer', contract: 'lead-to-writer@1', payload: {} }),
      call('9', 'lead-0/writer-1', 'writer', {
        input: 'write',
        from: 'lead',
        control: 'handoff',
        routing: { by: 'agent' },
        contract: { name: 'lead-to-writer', version: 1 },
      }),
      answer('9', { kind: 'finish', output: 'text', preview: 'text' }),
    ];
    const story = storyOfFacts(facts);
    expect(story.timeline.slice(3)).toMatchObject([
      {
        kind: 'handoff',
        path: 'lead-0/writer-1',
        from: 'lead',
        to: 'writer',
        by: 'agent',
        contract: 'lead-to-writer@1',
      },
      { kind: 'turn', agent: 'writer' },
      { kind: 'accepted', by: 'writer', owner: 'desk' },
      { kind: 'returned', path: 'lead-0', from: 'writer', to: 'desk' },
    ]);
    expect(story.counts.handoffs).toBe(1);
  });

  const offered = (key: string, path: string, further: Partial<Envelope> = {}): HistoryFact =>
    call(key, path, 'clerk', {
      from: 'lead',
      control: 'handoff',
      routing: { by: 'agent' },
      required: [{ name: 'order', version: '0a1b2c3d' }],
      ...further,
    });

  test('H8 story: what a receiver asked is told with the answers of its sender and of a person', () => {
    const path = 'lead-0/clerk-1';
    const clarify = `${path}/clarify-1`;
    const sender: HistoryFact = {
      at,
      kind: 'activity-scheduled',
      key: '13',
      activityId: '13',
      activity: 'callModel',
      input: { turnKey: clarify, agent: 'lead', entries: [], questions: ['Which?', 'When?'] },
    };
    const question = { ...request, path: `${clarify}/question-1`, reason: 'clarification' };
    const { timeline } = storyOfFacts([
      started,
      offered('9', path),
      answer('9', { kind: 'clarify', questions: ['Which?', 'When?'] }),
      sender,
      answer('13', { kind: 'finish', output: ['the red one', null], preview: '' }),
      memo({ ...question, options: ['answer', 'abort'] }),
      signal({ request: request.id, option: 'answer', answer: 'today', by: 'ada' }),
      taken,
    ]);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'clarification',
      path,
      by: 'clerk',
      round: 1,
      answers: [
        { question: 'Which?', answer: 'the red one', by: 'lead' },
        { question: 'When?', answer: 'today', by: 'ada' },
      ],
    });
  });

  test('H7 story: what was sent back is told with its reason, once the sender goes on', () => {
    const reason = 'Not handed over to clerk: cents: too many';
    const { timeline } = storyOfFacts([
      started,
      offered('9', 'lead-0/clerk-1'),
      answer('9', { kind: 'decline', reason: 'cents: too many', code: 'CONTRACT_VIOLATED' }),
      {
        at,
        kind: 'activity-scheduled',
        key: '13',
        activityId: '13',
        activity: 'callModel',
        input: {
          turnKey: 'lead-0/turn-2',
          agent: 'lead',
          entries: [{ kind: 'tool-refused', callId: 'c', reason }],
        },
      },
    ]);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'sent-back',
      path: 'lead-0/clerk-1',
      handoff: 'b0b0b0b0b0b0',
      to: 'lead',
      reason,
    });
  });

  test('T3 story: the steps of a recovery are told with their cause, from what was given, asked and decided', () => {
    const recovers = { control: 'handoff', trigger: 'error-recovery', routing: { by: 'recovery' } } as const;
    const guidance = (agent: string): string => `${agent} could not do this (MODEL_REFUSED): no`;
    const report = {
      attempts: [{ agent: 'deputy', code: 'TURN_LIMIT', message: 'too long' }],
      state: { path: 'solver-0' },
    };
    const asks = { ...request, askedBy: 'solver', path: 'solver-0/solver-3/recovery' };
    const { timeline } = storyOfFacts([
      started,
      call('5', 'solver-0', 'solver', {}),
      call('9', 'solver-0/deputy-1', 'deputy', { ...recovers, guidance: guidance('solver') }),
      call('13', 'solver-0/medic-2', 'medic', { ...recovers, control: 'delegate', input: report }),
      answer('13', { kind: 'finish', output: { decision: 'retry', agent: 'solver' }, preview: '' }),
      call('17', 'solver-0/solver-3', 'solver', { ...recovers, guidance: guidance('deputy') }),
      memo({
        ...asks,
        question: 'solver failed (OUTPUT_INVALID), and nothing has mended it.',
        options: ['answer'],
      }),
      signal({ request: request.id, option: 'answer', answer: 'mended', by: 'ada' }),
      taken,
    ]);
    expect(timeline.filter(({ kind }) => kind === 'recovery')).toMatchObject([
      { step: 'alternative', agent: 'solver', to: 'deputy', cause: { code: 'MODEL_REFUSED', message: 'no' } },
      { step: 'agent', agent: 'deputy', to: 'medic', cause: { code: 'TURN_LIMIT' } },
      { step: 'retry', agent: 'deputy', to: 'solver', cause: { code: 'MODEL_REFUSED' } },
      { step: 'person', agent: 'solver', cause: { code: 'OUTPUT_INVALID' } },
      { step: 'resolved', agent: 'solver', to: 'ada' },
    ]);
  });

  test('story: control that the orchestration hands over does not return', () => {
    const facts = [
      started,
      call('5', 'writer-0', 'writer', { input: 'write', control: 'handoff' }),
      answer('5', { kind: 'finish', output: 'text', preview: 'text' }),
    ];
    expect(storyOfFacts(facts).timeline).toMatchObject([
      {},
      { kind: 'handoff', by: 'code' },
      { kind: 'turn' },
      { kind: 'accepted', by: 'writer', owner: 'writer' },
    ]);
  });

  test('story: what a person redirected is a handoff of theirs, and returns at the place where it began', () => {
    const facts = [
      started,
      call('5', 'cashier-0', 'cashier', { input: 'pay' }),
      answer('5', { kind: 'tools', calls: [] }),
      call('9', 'cashier-0/elder-1', 'elder', {
        input: 'pay',
        from: 'cashier',
        control: 'handoff',
        routing: { by: 'person' },
        redirectedBy: 'ada.',
      }),
      answer('9', { kind: 'finish', output: 'text', preview: 'text' }),
    ];
    expect(storyOfFacts(facts).timeline.slice(3)).toMatchObject([
      { kind: 'handoff', path: 'cashier-0/elder-1', from: 'cashier', to: 'elder', by: 'person' },
      { kind: 'turn', agent: 'elder' },
      { kind: 'accepted', by: 'elder', owner: 'desk' },
      { kind: 'returned', path: 'cashier-0', from: 'elder', to: 'desk' },
    ]);
  });

  test('story: an edit decides nothing, and tells its revision, whether it came by update or by signal', () => {
    const first = { ...request, revision: 1, digest: 'd1', options: ['approve', 'edit'] };
    const second = { ...first, revision: 2, digest: 'd2' };
    const third = { ...first, revision: 3, digest: 'd3' };
    const ticket = { request: first.id, option: 'edit', by: 'ada', via: 'update', revision: 2, digest: 'd2' };
    const story = storyOfFacts([
      started,
      memo(first),
      { at, kind: 'update-accepted', key: 'u1', name: 'decide' } as HistoryFact,
      memo(second),
      { at, kind: 'update-completed', key: 'u1', result: ticket } as HistoryFact,
      signal({ request: first.id, option: 'edit', args: {}, by: 'eve', reason: 'less' }),
      taken,
      memo(third),
    ]);
    expect(story.timeline.slice(2)).toMatchObject([
      { kind: 'edited', revision: 2, digest: 'd2', by: 'ada', via: 'update' },
      { kind: 'edited', revision: 3, digest: 'd3', by: 'eve', via: 'signal', reason: 'less' },
    ]);
    expect(story.pending).toMatchObject([{ id: first.id, revision: 3 }]);
  });

  test('story: what is scheduled and not done is being worked on', () => {
    const { active } = storyOfFacts([
      started,
      call('5', 'parallel-0/1/researcher-0', 'researcher', undefined, 2),
    ]);
    expect(active).toEqual([{ path: 'parallel-0/1/researcher-0', agent: 'researcher', doing: 'turn 2' }]);
  });

  test('story: an activity that fails leaves a note with its code', () => {
    const failed: HistoryFact = {
      at,
      kind: 'activity-failed',
      key: '5',
      failure: { code: 'MODEL_UNAUTHORIZED', message: 'no' },
    };
    const story = storyOfFacts([started, call('5', 'researcher-0', 'researcher'), failed]);
    expect(story.timeline.at(-1)).toMatchObject({
      kind: 'note',
      code: 'MODEL_UNAUTHORIZED',
      path: 'researcher-0',
    });
    expect(story.active).toEqual([]);
  });

  test('story: a request waits until an update decides it', () => {
    const asked = storyOfFacts([started, memo(request)]);
    expect(asked.pending).toEqual([request]);
    expect(asked.timeline.at(-1)).toMatchObject({ kind: 'asked', question: 'Publish?', deadline: later });
    const ticket = {
      request: request.id,
      option: 'approve',
      by: 'ada',
      identity: 'claimed',
      via: 'update',
      decidedAt: at,
    };
    const facts: HistoryFact[] = [
      started,
      memo(request),
      { at, kind: 'update-accepted', key: '9', name: 'decide', input: {} },
      { at, kind: 'update-completed', key: '9', result: ticket },
    ];
    expect(storyOfFacts(facts)).toMatchObject({
      pending: [],
      timeline: [{}, {}, { kind: 'decided', by: 'ada', via: 'update' }],
    });
  });

  test('story: a signal is queued until a worker takes it up, then it decides', () => {
    const decision = signal({ request: request.id, option: 'approve', by: 'ada' });
    const queued = storyOfFacts([started, memo(request), decision]);
    expect(queued.pending).toHaveLength(1);
    expect(queued.timeline.at(-1)).toMatchObject({
      kind: 'note',
      text: expect.stringContaining('is queued'),
    });
    expect(storyOfFacts([started, memo(request), decision, taken]).timeline.at(-1)).toMatchObject({
      kind: 'decided',
      via: 'signal',
    });
  });

  test.each([
    ['no decision at all', 'yes'],
    ['an option that is not offered', { request: request.id, option: 'maybe' }],
    ['a request that nobody asked', { request: 'run/000000000000', option: 'approve' }],
    ['a rejection without a reason', { request: request.id, option: 'reject' }],
  ])('story: a signal with %s changes nothing', (_, input) => {
    const story = storyOfFacts([started, memo(request), signal(input), taken]);
    expect(story.timeline.at(-1)).toMatchObject({
      kind: 'note',
      text: expect.stringContaining('changed nothing'),
    });
    expect(story.pending).toHaveLength(1);
  });

  test('story: a request that goes after its deadline has expired', () => {
    expect(kinds([started, memo(request), { ...memo(), at: later }])).toEqual([
      'run-started',
      'asked',
      'expired',
    ]);
    expect(kinds([started, memo(request), memo()])).toEqual(['run-started', 'asked']);
  });

  test('story: a failed run ends with its code, and nothing waits or works any more', () => {
    const failed: HistoryFact = { at, kind: 'run-failed', failure: { code: 'REJECTED', message: 'no' } };
    const story = storyOfFacts([started, memo(request), call('5', 'a-0', 'a'), failed]);
    expect(story).toMatchObject({ pending: [], active: [] });
    expect(story.timeline.at(-1)).toMatchObject({
      kind: 'run-ended',
      outcome: 'failed',
      code: 'REJECTED',
      message: 'no',
    });
  });

  test('story: an activity of another version is passed over', () => {
    const unknown: HistoryFact = {
      at,
      kind: 'activity-scheduled',
      key: '5',
      activityId: '5',
      activity: 'summarize',
      input: { v: 9 },
      summary: 'a summary',
    };
    expect(storyOfFacts([started, unknown]).active).toEqual([
      { path: '', agent: 'desk', doing: 'a summary' },
    ]);
    expect(kinds([started, unknown, { at, kind: 'activity-completed', key: '5', result: 1 }])).toEqual([
      'run-started',
    ]);
  });
});
