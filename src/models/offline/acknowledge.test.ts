import { describe, expect, test } from 'vitest';
import type { ModelRequest } from '../model/model.js';
import { offlineModel } from './model.js';
import type { OfflineMove } from './move.js';

const asked = (further: Partial<ModelRequest> = {}): ModelRequest => ({
  agent: 'clerk',
  system: '',
  messages: [{ role: 'user', source: 'task', content: 'Settle A-1.' }],
  tools: [],
  input: 'Settle A-1.',
  handoff: { items: ['order@1'], alone: false },
  ...further,
});

async function answer(move: OfflineMove, further?: Partial<ModelRequest>) {
  const model = offlineModel({ agents: { clerk: () => move } });
  const { content, toolCalls } = await model.generate(asked(further), {
    signal: new AbortController().signal,
  });
  return { content, calls: toolCalls.map(({ name, args }) => ({ name, args })) };
}

describe('H8 an offline agent', () => {
  const look = { name: 'look_up', args: { order: 'A-1' } };
  const accept = { name: 'accept_handoff', args: { items: ['order@1'] } };

  test('accept: names the items of the handoff, with the first calls or with the answer', async () => {
    expect((await answer({ toolCalls: [look] })).calls).toEqual([accept, look]);
    expect((await answer({ content: 'settled' })).calls).toEqual([
      { name: 'accept_handoff', args: { items: ['order@1'], answer: 'settled' } },
    ]);
  });

  test('accept: alone where the transition grants permissions', async () => {
    const handoff = { items: ['order@1'], alone: true };
    expect((await answer({ toolCalls: [look] }, { handoff })).calls).toEqual([accept]);
  });

  test('clarify, decline, misrouted: the call of the move', async () => {
    const said = async (move: OfflineMove) => (await answer(move)).calls;
    expect(await said({ clarify: ['Which?'] })).toEqual([
      { name: 'clarify_handoff', args: { questions: ['Which?'] } },
    ]);
    expect(await said({ decline: 'no' })).toEqual([{ name: 'decline_handoff', args: { reason: 'no' } }]);
    expect(await said({ misrouted: { to: 'elder', reason: 'hard' } })).toEqual([
      { name: 'misrouted_handoff', args: { to: 'elder', reason: 'hard' } },
    ]);
  });

  test('clarify: the sender answers from its conversation, or null when that has no answer', async () => {
    const questions = ['Which colour has the kettle?', 'Who drives the lorry?'];
    const messages = [
      {
        role: 'user' as const,
        source: 'task' as const,
        content: 'It leaks. The colour of the kettle is red.',
      },
    ];
    const { content } = await answer({ content: 'unused' }, { questions, messages });
    expect(JSON.parse(content)).toEqual({ answers: ['The colour of the kettle is red.', null] });
  });
});
