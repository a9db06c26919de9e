/** How a receiver's first answer is read. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../contracts/definitions/agent.js';
import type { Json } from '../../contracts/data/json.js';
import { ACKNOWLEDGEMENTS } from '../../contracts/data/names.js';
import { tool } from '../../contracts/definitions/tool.js';
import { readAnswer, type Reading } from '../turn/read-answer.js';

const gauge = tool({ name: 'gauge', description: 'Measures.', input: z.object({}) });
const clerk = agent({ name: 'clerk', goal: 'Settle.', input: z.unknown(), tools: [gauge] });
const Verdict = z.object({ paid: z.boolean() }).nullable();
const judge = agent({ name: 'judge', goal: 'Judge.', input: z.unknown(), output: Verdict });

const reading = (who: Reading['agent'] = clerk): Reading => ({
  agent: who,
  contracts: [],
  acknowledge: { items: ['order@1'], alone: false },
  requirementOf: () => undefined,
  weighs: () => false,
});
const call = (name: string, args: Json) => ({ id: `id-${name}`, name, args });
const accept = (further: { readonly [key: string]: Json } = {}) =>
  call(ACKNOWLEDGEMENTS.accept, { items: ['order@1'], ...further });
const said = (toolCalls: readonly ReturnType<typeof call>[], content = '') => ({
  content,
  toolCalls,
  finish: 'tools' as const,
  usage: { inputTokens: 1, outputTokens: 1 },
  model: 'm',
});

describe('accept_handoff', () => {
  test('H8 answer: the task is finished with it', () => {
    expect(readAnswer(reading(), said([accept({ answer: 'settled' })]))).toEqual({
      acknowledged: ['order@1'],
      move: { kind: 'finish', output: 'settled', preview: 'settled' },
    });
  });

  test.each([null, '', ' '])('H8 answer %j: the receiver accepts the task without an answer', (answer) => {
    expect(readAnswer(reading(), said([accept({ answer })]))).toMatchObject({
      acknowledged: ['order@1'],
      move: { kind: 'acknowledged' },
    });
  });

  test('H8 answer null: the receiver accepts without an answer, even where the agent’s output may be null', () => {
    expect(readAnswer(reading(judge), said([accept({ answer: null })]))).toMatchObject({
      move: { kind: 'acknowledged' },
    });
    expect(readAnswer(reading(judge), said([accept({ answer: { paid: true } })]))).toMatchObject({
      move: { kind: 'finish', output: { paid: true } },
    });
    expect(readAnswer(reading(judge), said([accept()], 'null'))).toMatchObject({
      move: { kind: 'finish', output: null },
    });
  });

  test('H8 answer with other calls: the calls run, and the agent reads that its answer does not count', () => {
    expect(readAnswer(reading(), said([accept({ answer: 'early' }), call('gauge', {})]))).toMatchObject({
      acknowledged: ['order@1'],
      move: {
        kind: 'tools',
        calls: [{ tool: 'gauge' }],
        refused: [
          {
            callId: 'id-accept_handoff',
            text: expect.stringContaining('An answer together with other calls does not count'),
          },
        ],
      },
    });
  });
});

describe('an answer too long for the history', () => {
  const long = 'x'.repeat(5_000_000);

  test.each([
    ['a reason', call(ACKNOWLEDGEMENTS.decline, { reason: long })],
    ['questions', call(ACKNOWLEDGEMENTS.clarify, { questions: [long] })],
    ['a destination', call(ACKNOWLEDGEMENTS.misrouted, { to: long, reason: 'r' })],
    ['items', accept({ items: [long] })],
    ['an unknown tool', call(long, {})],
    ['an answer of many wrong parts', accept({ items: Array.from({ length: 100_000 }, () => 7) })],
  ])('H8 %s: goes back to be said more briefly, in few words', (_what, one) => {
    const { move } = readAnswer(reading(), said([one, call('gauge', {})]));
    expect(move.kind).toBe('repair');
    expect(JSON.stringify(move).length).toBeLessThan(20_000);
  });
});
