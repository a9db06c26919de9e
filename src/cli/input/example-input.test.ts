import { expect, test } from 'vitest';
import { z } from 'zod';
import { exampleInput } from './example-input.js';

test('example input: of a schema its shape, of nothing a text', () => {
  expect(exampleInput({ input: z.object({ from: z.email(), cc: z.string().optional() }) })).toEqual({
    from: 'ada@example.com',
  });
  expect(exampleInput({})).toBe('…');
});

test('example input: of what is asked each key, but for what may be left out', () => {
  const asks = { topic: null, n: z.number(), more: z.string().optional() };
  expect(exampleInput({ asks })).toEqual({ topic: '…', n: 1 });
});
