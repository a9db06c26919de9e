import { expect, test } from 'vitest';
import { readErrorMessage, toPlainError } from './thrown.js';

const circle = new Error('loop');
circle.cause = circle;
const chain = Array.from({ length: 20 }).reduce<Error>(
  (cause, _, index) => new Error(`level ${index}`, { cause }),
  new Error('root'),
);
const hostile = new Proxy(new Error('hidden'), {
  get: () => {
    throw new Error('a trap');
  },
  getPrototypeOf: () => {
    throw new Error('a trap');
  },
});
const getter = Object.defineProperty(new Error('shown'), 'cause', {
  get: () => {
    throw new Error('a getter');
  },
});

test.each([
  ['an error that is its own cause', circle, 'loop'],
  [
    'a failure with an inner reason',
    new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
    'fetch failed (caused by: connect ECONNREFUSED)',
  ],
  [
    'errors that were gathered',
    new AggregateError([new Error('one'), new Error('two')], 'All failed'),
    'All failed (caused by: one; two)',
  ],
  [
    'a cause that is said already',
    new Error('no: it is full', { cause: new Error('it is full') }),
    'no: it is full',
  ],
  ['a long chain', chain, 'level 19 (caused by: level 18; level 17; level 16; level 15; level 14)'],
  ['a proxy whose traps throw', hostile, 'what was thrown cannot be read'],
  ['a cause that cannot be read', getter, 'shown'],
  ['a text', 'just words', 'just words'],
  ['nothing', undefined, 'undefined'],
  ['data', { code: 7 }, '{"code":7}'],
  ['an object without a prototype', Object.create(null), '{}'],
  ['a symbol', Symbol('odd'), 'Symbol(odd)'],
])('thrown: %s becomes a message', (_what, thrown, message) => {
  expect(readErrorMessage(thrown)).toBe(message);
  const plain = toPlainError(thrown);
  expect(plain).toMatchObject({ message });
  expect(plain.cause).toBeUndefined();
});

test('thrown: a megabyte of text is cut, with its stack', () => {
  const plain = toPlainError(new Error('x'.repeat(1_000_000)));
  expect(plain.message.length).toBeLessThanOrEqual(4_096);
  expect(plain.stack?.length).toBeLessThanOrEqual(8_192);
});
