import { expect, test } from 'vitest';
import { z } from 'zod';
import { buildExampleInput } from './example-input.js';

test('example input: of a schema its shape, of nothing a text', () => {
  expect(buildExampleInput({ input: z.object({ from: z.email(), cc: z.string().optional() }) })).toEqual({
    from: 'ada@example.com',
  });
  expect(buildExampleInput({})).toBe('…');
});

test('example input: every required key of the input, and no optional one', () => {
  const asks = { topic: null, n: z.number(), more: z.string().optional() };
  expect(buildExampleInput({ asks })).toEqual({ topic: '…', n: 1 });
});
