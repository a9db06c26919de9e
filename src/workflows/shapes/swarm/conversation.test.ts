import { describe, expect, test } from 'vitest';
import { BatonError } from '../../../contracts/errors.js';
import { Conversation, type ConversationState } from './conversation.js';

const answerAll = (talk: Conversation): void => {
  for (let next = talk.next(); next !== undefined; next = talk.next()) {
    talk.settle({ agent: 'front', answer: `to ${next.text}` });
  }
};

describe('conversation', () => {
  test('view: all waiting messages are kept, and of the answered ones the newest 50', () => {
    const talk = new Conversation('front');
    for (let n = 1; n <= 60; n += 1) talk.take({ text: `m${n}` });
    answerAll(talk);
    for (let n = 61; n <= 70; n += 1) talk.take({ text: `m${n}` });
    const { recent, turns, answered } = talk.view();
    expect({ turns, answered, told: recent.length }).toEqual({ turns: 70, answered: 60, told: 60 });
    expect(recent[0]?.turn).toBe(11);
    expect(recent.at(-1)).toEqual({ turn: 70, id: 'turn-70', text: 'm70' });
  });

  test('view: large answers are listed while there is room, and the last one always', () => {
    const talk = new Conversation('front');
    for (let n = 1; n <= 12; n += 1) {
      talk.take({ text: `m${n}` });
      talk.settle({ agent: 'front', answer: 'x'.repeat(30_000) });
    }
    expect(talk.view().recent).toHaveLength(8);
    talk.take({ text: 'last' });
    talk.settle({ agent: 'front', answer: 'y'.repeat(300_000) });
    expect(talk.view().recent.map(({ turn }) => turn)).toEqual([13]);
  });

  test('more than 200 that wait are refused, and nothing of them is taken in', () => {
    const talk = new Conversation('front');
    for (let n = 1; n <= 200; n += 1) talk.take({ text: `m${n}`, id: `i${n}` });
    expect(() => talk.take({ text: 'more' })).toThrow(/200 messages wait/);
    expect(talk.take({ text: 'again', id: 'i7' })).toEqual({ v: 1, id: 'i7', turn: 7 });
    expect(talk.view().turns).toBe(200);
  });

  test('continue-as-new: the state has a limit; long waiting texts are refused, and long ids are forgotten', () => {
    const talk = new Conversation('front');
    for (let n = 1; n <= 9; n += 1) talk.take({ text: 'x'.repeat(32_000) });
    expect(() => talk.take({ text: 'x'.repeat(32_000) })).toThrow(/9 messages wait .* more than is taken in/);
    talk.take({ text: 'short' });
    answerAll(talk);
    for (let n = 1; n <= 900; n += 1) {
      talk.take({ text: 'm', id: `${n}-${'ß'.repeat(195)}` });
      answerAll(talk);
    }
    expect(JSON.stringify(talk.state()).length).toBeLessThan(500_000);
    expect(talk.take({ text: 'm', id: `900-${'ß'.repeat(195)}` }).turn).toBe(910);
  });

  test('continue-as-new: the next execution has the waiting messages, the ids and the active agent', () => {
    const talk = new Conversation('front');
    talk.take({ text: 'a', id: 'one', by: 'ann' });
    talk.take({ text: 'b' });
    talk.settle({ agent: 'front', error: new BatonError('TOOL_FAILED', 'It broke.') });
    talk.active = 'billing';
    const next = new Conversation('front', JSON.parse(JSON.stringify(talk.state())) as ConversationState);
    expect(next.view()).toEqual(talk.view());
    expect(next.next()).toMatchObject({ turn: 2, text: 'b' });
    expect(next.take({ text: 'a', id: 'one' }).turn).toBe(1);
    expect(next.take({ text: 'c' }).turn).toBe(3);
    expect(next.view().recent[0]).toMatchObject({ by: 'ann', error: { code: 'TOOL_FAILED' } });
  });

  test('a message is not taken for another whose name was made here', () => {
    const talk = new Conversation('front');
    expect(talk.take({ text: 'a' }).turn).toBe(1);
    expect(talk.take({ text: 'b', id: 'turn-1' }).turn).toBe(2);
    expect(talk.take({ text: 'c', id: 'turn-4' }).turn).toBe(3);
    expect(talk.take({ text: 'd' }).turn).toBe(4);
    expect(talk.take({ text: 'c', id: 'turn-4' }).turn).toBe(3);
    expect(talk.view().recent.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('after its end nothing is taken in', () => {
    const talk = new Conversation('front');
    talk.ended = true;
    expect(() => talk.take({ text: 'a' })).toThrow(/has ended/);
  });
});
