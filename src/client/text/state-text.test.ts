import { expect, test } from 'vitest';
import { UNBOUNDED_STEPS } from '../../contracts/wire/steps-text.js';
import { describeState } from './state-text.js';

const state = (budget: number) =>
  describeState({ owner: 'desk', steps: { used: 2, budget }, modelCalls: 3, toolCalls: 0 });

test('state: the steps are told with their budget, and without one when the run has none', () => {
  expect(state(500)).toContain('2 of 500 steps');
  expect(state(UNBOUNDED_STEPS)).toContain('control; 2 steps, 3 model calls');
});

test('state: one of a thing is told as one', () => {
  const told = describeState({ owner: 'desk', steps: { used: 1, budget: 9 }, modelCalls: 1, toolCalls: 1 });
  expect(told).toBe('desk has control; 1 of 9 steps, 1 model call and 1 tool call used');
});
