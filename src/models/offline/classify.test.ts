import { describe, expect, test } from 'vitest';
import type { Json } from '../../contracts/data/json.js';
import { classifyByWords } from './classify.js';
import { offlineModel } from './model.js';

const destinations = [
  { name: 'billing', competence: 'Invoices, charges, refunds.' },
  { name: 'technical', competence: 'Crash, error message, the app is slow.' },
  { name: 'shipping', competence: 'Parcels, delivery, courier.' },
];
const output = {
  name: 'answer',
  schema: {
    type: 'object',
    properties: { destination: { enum: ['billing', 'technical', 'shipping'] } },
  } satisfies Json,
};
const asked = (input: Json) => ({
  agent: 'dispatcher',
  system: '',
  messages: [],
  tools: [],
  output,
  input: { input, destinations },
});

describe('classifyByWords', () => {
  test('classification: the description with the most telling words is chosen, and the reason names them', () => {
    expect(classifyByWords(asked('The courier lost my parcel.'))).toEqual({
      destination: 'shipping',
      confidence: 0.69,
      reason: 'Offline, by words alone: courier, parcel.',
    });
  });

  test('classification: words in a negated sentence do not count', () => {
    const told = classifyByWords(asked('This is not about the invoice, the app shows an error.'));
    expect(told).toMatchObject({ destination: 'technical', reason: expect.not.stringContaining('invoice') });
  });

  test('classification: the sentence that asks for something counts more than the rest', () => {
    const told = asked('The courier was late. Please explain the charge.');
    expect(classifyByWords(told)).toMatchObject({ destination: 'billing', confidence: 0.51 });
  });

  test('classification: it has no confidence when no word is found', () => {
    expect(classifyByWords(asked('Hello there!'))).toEqual({
      destination: 'billing',
      confidence: 0,
      reason: 'Offline: no word of any description was found.',
    });
  });

  test('classification: words inside data count, names of fields do not', () => {
    const ticket = { invoice: 1, about: { text: 'It is slow, and then there is a crash.' } };
    expect(classifyByWords(asked(ticket))).toMatchObject({ destination: 'technical' });
  });

  test('classification: a request that does not come from a classifier has no answer here', () => {
    const request = asked('The courier lost my parcel.');
    expect(classifyByWords({ ...request, input: 'The courier lost my parcel.' })).toBeUndefined();
    expect(classifyByWords({ ...request, output: { name: 'answer', schema: {} } })).toBeUndefined();
  });
});

test('offlineModel: a classifier without an algorithm of its own compares words', async () => {
  const { content } = await offlineModel().generate(asked('Where is the courier?'), {
    signal: new AbortController().signal,
  });
  expect(JSON.parse(content)).toMatchObject({ destination: 'shipping' });
});
