import { expect, test } from 'vitest';
import { UNBOUNDED_STEPS } from '../contracts/steps-text.js';
import { stateText } from './state-text.js';

const state = (budget: number) =>
  stateText({ owner: 'desk', steps: { used: 2, budget }, modelCalls: 3, toolCalls: 0 });

test('state: the steps are told with their budget, and without one when the run has none', () => {
  expect(state(500)).toContain('2 of 500 steps');
  expect(state(UNBOUNDED_STEPS)).toContain('control; 2 steps, 3 model calls');
});
