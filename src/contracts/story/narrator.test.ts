import { describe, expect, test } from 'vitest';
import { Narrator, type Fact, type NewEvent } from './narrator.js';

const at = '2026-01-01T12:00:00.000Z';
const usage = { inputTokens: 3, outputTokens: 2 };
const answered = (path: string, agent: string, move: { kind: string; output?: string }): Fact => ({
  kind: 'model-answered',
  call: { turnKey: `${path}/turn-2`, agent },
  answer: { move, usage, model: 'm' },
});
const offer = (kind: 'delegated' | 'handoff', path: string, from: string, to: string): Fact => ({
  kind: 'told',
  path,
  event: {
    kind,
    handoff: 'h',
    from,
    to,
    trigger: 'specialization',
    by: 'code',
    contract: 'c@1',
    owner: 'desk',
    manifest: 'h',
    preview: '',
  },
});
const tell = (...facts: readonly Fact[]) => {
  const narrator = new Narrator();
  const events = facts.flatMap((fact) => narrator.tell(fact, at));
  return { narrator, events };
};

describe('Narrator', () => {
  test('story: an answer is a turn, with its context before it and its problem after it', () => {
    const manifest = { v: 1, id: 'h', tokens: 1, countedBy: 'x', parts: [] } as const;
    const { events } = tell({
      kind: 'model-answered',
      call: { turnKey: 'a-0/turn-1', agent: 'a' },
      answer: { move: { kind: 'repair', problem: 'no JSON' }, usage, model: 'm', manifest },
    });
    expect(events).toEqual([
      { at, path: 'a-0', kind: 'context', handoff: 'h', agent: 'a', manifest },
      {
        at,
        path: 'a-0',
        kind: 'turn',
        agent: 'a',
        turn: 1,
        model: 'm',
        move: 'unusable: no JSON',
        did: 'repair',
        ...usage,
      },
      { at, path: 'a-0', kind: 'repair', agent: 'a', turn: 1, problem: 'no JSON' },
    ]);
  });

  test('story: a model that was not called, or was called for a side question, took no turn', () => {
    const move = { kind: 'decline', reason: 'too large' };
    const call = { turnKey: 'a-0/turn-1', agent: 'a' };
    const answer = { move, usage, model: 'm' };
    expect(tell({ kind: 'model-answered', call, answer: { ...answer, unasked: true } }).events).toEqual([]);
    const side = { ...call, questions: ['Which?'] };
    expect(tell({ kind: 'model-answered', call: side, answer }).events).toEqual([]);
    const short = { ...answer, move: { kind: 'needs-summary' } };
    expect(tell({ kind: 'model-answered', call, answer: short }).events).toEqual([]);
  });

  test.each([
    ['done', { kind: 'done', preview: 'paid' }, 'done', 'paid'],
    ['failed', { kind: 'failed', message: 'no' }, 'failed', 'no'],
    ['unknown', { kind: 'unknown-outcome', begunAt: at }, 'unknown-outcome', at],
    ['not believed', { kind: 'unproven', message: 'who?' }, 'refused', 'who?'],
  ])(
    'story: a call that is %s appears at its step, also when it is a repeat',
    (_, result, outcome, preview) => {
      const call = { step: 'a-0/pay-0/again-1', tool: 'pay', agent: 'a', confidence: 0.5 };
      expect(tell({ kind: 'tool-answered', call, result }).events).toEqual([
        { at, path: 'a-0/pay-0', kind: 'tool', agent: 'a', tool: 'pay', confidence: 0.5, outcome, preview },
      ]);
    },
  );

  test('story: a result returns from the last owner to the sender of the task', () => {
    const { narrator } = tell(
      offer('delegated', 'a-0', 'desk', 'a'),
      answered('a-0', 'a', { kind: 'handoff' }),
      offer('handoff', 'a-0/b-1', 'a', 'b'),
      answered('a-0/b-1', 'b', { kind: 'finish', output: 'done' }),
      offer('handoff', 'c-0', 'desk', 'c'),
      answered('c-0', 'c', { kind: 'finish', output: 'kept' }),
    );
    const returned = { at, path: 'a-0', kind: 'returned', from: 'b', to: 'desk', preview: 'done' };
    expect(narrator.unreturned()).toEqual([returned]);
    narrator.noteReturn('a-0');
    expect(narrator.unreturned()).toEqual([]);
  });

  test('story: the work of a child agent comes back as any does', () => {
    const { narrator, events } = tell(offer('delegated', 'a-0', 'desk', 'a'), {
      kind: 'child-answered',
      path: 'a-0',
      agent: 'a',
      move: { kind: 'finish', output: 'done' },
    });
    expect(events).toHaveLength(1);
    expect(narrator.unreturned()).toMatchObject([{ kind: 'returned', from: 'a', to: 'desk' }]);
  });

  const ticket = { request: 'r/1', by: 'ada', identity: 'claimed', via: 'update', decidedAt: at } as const;
  test.each<[string, object, NewEvent['kind']]>([
    ['claims', { option: 'claim' }, 'claimed'],
    ['is one of several', { option: 'approve', votes: { have: 1, need: 2 } }, 'voted'],
    ['is the last of several', { option: 'approve', votes: { have: 2, need: 2 } }, 'decided'],
    ['edits', { option: 'edit', revision: 2, digest: 'd' }, 'edited'],
  ])('story: a decision that %s has its own kind of event', (_, more, kind) => {
    const decided = { ...ticket, option: 'approve', ...more };
    expect(tell({ kind: 'decided', path: 'approval-0', ticket: decided }).events).toMatchObject([
      { path: 'approval-0', kind, by: 'ada', request: 'r/1' },
    ]);
  });
});
