import { expect, test } from 'vitest';
import { defined } from './defined.js';

test('defined: omits undefined values, and nothing else', () => {
  const reason: string | undefined = undefined;
  expect(Object.keys(defined({ a: 1, reason, b: null, c: '', d: false, e: 0 }))).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
  ]);
});
