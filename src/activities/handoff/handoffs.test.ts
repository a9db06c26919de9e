/** What an answer with a handoff and other calls comes to. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../contracts/definitions/agent.js';
import { contract } from '../../contracts/definitions/contract.js';
import { handoffCall } from '../../contracts/handoff/handoff-call.js';
import type { Json } from '../../contracts/data/json.js';
import { tool } from '../../contracts/definitions/tool.js';
import { readAnswer, type Reading } from '../turn/read-answer.js';
import { HANDOFF_DEFERRED } from './handoffs.js';

const gauge = tool({ name: 'gauge', description: 'Measures.', input: z.object({}) });
const pay = tool({ name: 'pay', description: 'Pays.', input: z.object({}), effect: 'irreversible' });
const clerk = agent({ name: 'clerk', goal: 'Sort.', input: z.unknown(), tools: [gauge, pay] });
const judge = agent({ name: 'judge', goal: 'Judge.' });
const payload = z.object({ text: z.string() });
const toJudge = contract({ name: 'clerk-to-judge', version: 1, from: clerk, to: judge, payload });

const reading: Reading = {
  agent: clerk,
  contracts: [toJudge],
  requirementOf: () => undefined,
  weighs: () => false,
};
const call = (id: string, name: string, args: Json = {}) => ({ id, name, args });
const handoff = { id: 'h', ...handoffCall('judge', { text: 'it' }) };
const said = (...toolCalls: { id: string; name: string; args: Json }[]) => ({
  content: '',
  toolCalls,
  finish: 'tools' as const,
  usage: { inputTokens: 1, outputTokens: 1 },
  model: 'm',
});

test('handoff: what only reads beside it is carried out first, and the model is told that it can hand off then', () => {
  expect(readAnswer(reading, said(call('a', 'gauge'), call('b', 'pay'), handoff)).move).toMatchObject({
    kind: 'tools',
    calls: [{ callId: 'a', tool: 'gauge' }],
    refused: [
      { kind: 'tool-refused', callId: 'b' },
      { kind: 'tool-refused', callId: 'h', reason: HANDOFF_DEFERRED },
    ],
  });
});

test('handoff: it counts when the model was told so and writes both again, and nothing beside it is carried out', () => {
  const again = readAnswer({ ...reading, isDeferred: true }, said(call('a', 'gauge'), handoff));
  expect(again.move).toMatchObject({
    kind: 'handoff',
    to: 'judge',
    entries: [{ kind: 'tool-refused', callId: 'a' }],
  });
});

test('handoff: what has an effect beside it is not carried out, and the model is told the order', () => {
  expect(readAnswer(reading, said(call('b', 'pay'), handoff)).move).toMatchObject({
    kind: 'repair',
    problem: expect.stringContaining('Make the other calls first'),
  });
});
