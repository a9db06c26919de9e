/** How an answer with a handoff and other calls is read. */
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

test('handoff: calls that only read run first, and the model reads that it can hand off afterwards', () => {
  expect(readAnswer(reading, said(call('a', 'gauge'), call('b', 'pay'), handoff)).move).toMatchObject({
    kind: 'tools',
    calls: [{ callId: 'a', tool: 'gauge' }],
    refused: [
      { kind: 'tool-refused', callId: 'b' },
      { kind: 'tool-refused', callId: 'h', reason: HANDOFF_DEFERRED },
    ],
  });
});

test('handoff: it takes place, without the other calls, when a model that was deferred writes both again', () => {
  const again = readAnswer({ ...reading, isDeferred: true }, said(call('a', 'gauge'), handoff));
  expect(again.move).toMatchObject({
    kind: 'handoff',
    to: 'judge',
    entries: [{ kind: 'tool-refused', callId: 'a' }],
  });
});

test('handoff: a call with an effect does not run, and the model reads that calls come before the handoff', () => {
  expect(readAnswer(reading, said(call('b', 'pay'), handoff)).move).toMatchObject({
    kind: 'repair',
    problem: expect.stringContaining('Make the other calls first'),
  });
});
