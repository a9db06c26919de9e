import { expect, test } from 'vitest';
import { condense } from './condense.js';

const words = (text: string): number => text.trim().split(/\s+/).length;

const TALK = [
  'The customer asks for a refund of order 4711.',
  'The weather is fine today. Order 4711 was delivered with a damaged lid.',
  'Order 4711 was delivered with a damaged lid! The refund of order 4711 goes to the customer.',
  '# Order 4711\n\nSomebody sang.',
];

test('condense: keeps the sentences that share most with the rest, each once, in order, and always the first', () => {
  expect(condense(TALK, 27, words).split('\n')).toEqual([
    'The customer asks for a refund of order 4711.',
    'Order 4711 was delivered with a damaged lid.',
    'The refund of order 4711 goes to the customer.',
  ]);
});

test.each([0, 5, 9, 12, 20, 100])('condense: never takes more than the room of %i words', (room) => {
  expect(words(`x ${condense(TALK, room, words)}`)).toBeLessThanOrEqual(room + 1);
});

test('condense: nothing comes of nothing', () => {
  expect(condense([], 100, words)).toBe('');
});
