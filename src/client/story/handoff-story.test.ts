import type { Story } from '../../schemas/documents/story.js';
import type { ContextManifest } from '../../contracts/handoff/context-manifest.js';
import { describe, expect, test } from 'vitest';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { findHandoff } from './handoff-story.js';

const at = '2026-01-02T10:00:00.000Z';
const later = '2026-01-02T11:00:00.000Z';

const offer = (to: string, more: object = {}): TimelineEvent => ({
  kind: 'handoff',
  at,
  path: `desk-0/${to}-1`,
  handoff: `to-${to}`,
  from: 'triage',
  to,
  trigger: 'specialization',
  by: 'agent',
  contract: `triage-to-${to}@1`,
  schema: '0123456789abcdef',
  owner: 'triage',
  manifest: `to-${to}`,
  preview: 'order: 4711',
  ...more,
});

const manifest: ContextManifest = { v: 1, id: 'to-billing', tokens: 9, countedBy: 'o200k_base', parts: [] };

const story = (...timeline: TimelineEvent[]): Story => ({
  workflowId: 'run-1',
  runId: 'r',
  workflow: 'desk',
  state: 'running',
  owner: 'triage',
  startedAt: at,
  source: 'worker',
  counts: { modelCalls: 0, toolCalls: 0, handoffs: 0, inputTokens: 0, outputTokens: 0 },
  models: [],
  active: [],
  pending: [],
  timeline,
  retries: [],
  progress: [],
});

const about = { at: later, path: 'desk-0/billing-1', handoff: 'to-billing' };

describe('handoffOf', () => {
  test('handoffOf: names sender, receiver, contract, context and the owner with the time', () => {
    const told = findHandoff(
      story(
        { kind: 'run-started', at, path: '', workflow: 'desk' },
        offer('tech'),
        offer('billing'),
        { kind: 'context', ...about, agent: 'billing', manifest },
        {
          kind: 'clarification',
          ...about,
          by: 'billing',
          round: 1,
          answers: [{ question: 'Which?', answer: 'Red.', by: 'triage' }],
        },
        { kind: 'accepted', ...about, by: 'billing', items: ['order@1a2b3c4d'], owner: 'billing' },
      ),
      2,
    );
    expect(told).toEqual({
      ...offer('billing'),
      workflowId: 'run-1',
      runId: 'r',
      number: 2,
      of: 2,
      state: 'accepted',
      acceptance: { at: later, items: ['order@1a2b3c4d'], owner: 'billing' },
      clarifications: [{ question: 'Which?', answer: 'Red.', by: 'triage' }],
      context: manifest,
    });
  });

  test('handoffOf: an offer without an answer is offered', () => {
    expect(findHandoff(story(offer('billing')), 1)).toMatchObject({ state: 'offered', clarifications: [] });
  });

  test('handoffOf: the first answer accepts a delegation that has no declared contract', () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    const turn: TimelineEvent = {
      kind: 'turn',
      at: later,
      path: 'desk-0/billing-1',
      agent: 'billing',
      turn: 1,
      model: 'm',
      move: 'finished: ok',
      ...usage,
    };
    expect(findHandoff(story(offer('billing', { kind: 'delegated' }), turn), 1)).toMatchObject({
      state: 'accepted',
      acceptance: { at: later, items: [], owner: 'triage' },
    });
  });

  test.each<[string, TimelineEvent[], object]>([
    [
      'declined',
      [{ kind: 'declined', ...about, by: 'billing', reason: 'Not mine.' }],
      { at: later, reason: 'Not mine.' },
    ],
    [
      'misrouted',
      [{ kind: 'misrouted', ...about, by: 'billing', to: 'tech', reason: 'A bug.' }],
      { at: later, reason: 'A bug.', to: 'tech' },
    ],
    [
      'sent-back',
      [
        { kind: 'declined', ...about, by: 'billing', reason: 'Too large.', code: 'BAD_INPUT' },
        { kind: 'sent-back', ...about, to: 'triage', reason: 'Not handed off.' },
      ],
      { at: later, reason: 'Not handed off.', to: 'triage', code: 'BAD_INPUT' },
    ],
  ])('handoffOf: one that is %s has the reason and its new owner', (state, events, refusal) => {
    const told = findHandoff(story(offer('billing'), ...events), 1);
    expect(told).toMatchObject({ state, refusal });
    expect(told).not.toHaveProperty('acceptance');
  });

  test('a number that the run has not reached is refused with how many there are', () => {
    expect(() => findHandoff(story(offer('billing'), offer('tech')), 3)).toThrow(
      'There is no handoff 3 in run run-1, which has 2: give a number from 1 to 2.',
    );
    expect(() => findHandoff(story(), 1)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    expect(() => findHandoff(story(), 1)).toThrow('has handed nothing off yet');
  });

  test('handoffOf: a receiver that never accepted has failed once recovery starts or the run has ended', () => {
    const cause = { code: 'OUTPUT_INVALID', message: 'no usable answer' } as const;
    const gone = story(offer('billing'), {
      kind: 'recovery',
      at: later,
      path: 'desk-0/billing-1',
      step: 'person',
      agent: 'billing',
      cause,
    });
    expect(findHandoff(gone, 1)).toMatchObject({ state: 'failed', refusal: { code: 'OUTPUT_INVALID' } });
    const over = story(offer('billing'), {
      kind: 'run-ended',
      at: later,
      path: '',
      outcome: 'failed',
      ...cause,
    });
    expect(findHandoff(over, 1)).toMatchObject({
      state: 'failed',
      refusal: { reason: 'no usable answer', code: 'OUTPUT_INVALID' },
    });
    expect(findHandoff(story(offer('billing')), 1)).toMatchObject({ state: 'offered' });
  });
});
