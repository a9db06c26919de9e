import { expect, test } from 'vitest';
import { findNearest, describeNearest } from './nearest.js';

const COMMANDS = ['approve', 'start', 'list', 'inbox', 'show'];

test.each([
  ['aprove', 'approve'],
  ['APPROVE', 'approve'],
  ['strat', 'start'],
  ['lst', 'list'],
  ['inboxes', 'inbox'],
  ['deploy', undefined],
  ['', undefined],
])('nearest: "%s" means %s', (word, meant) => {
  expect(findNearest(word, COMMANDS)).toBe(meant);
});

test('nearest: nothing is suggested when nothing is near', () => {
  expect(describeNearest('aprove', COMMANDS)).toBe(' Did you mean "approve"?');
  expect(describeNearest('aprove', [])).toBe('');
});
