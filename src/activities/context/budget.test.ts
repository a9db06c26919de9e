import { expect, test } from 'vitest';
import { loadTokenizer } from '../../models/model/tokens.js';
import { computeContextBudget } from './budget.js';

const fixed = { system: 'hello world', tools: [] };

test.each([
  ['nothing bounds it', undefined, undefined, undefined],
  ['only the contract does', 500, undefined, 500],
  // 6 tokens of the prompt, and a quarter or 4,096 for the answer.
  ['only the window does', undefined, 1_000, 744],
  ['the window is wide', undefined, 100_000, 95_898],
  ['the contract is the narrower', 500, 1_000, 500],
  ['the window is the narrower', 5_000, 1_000, 744],
  ['the window is full already', undefined, 4, 0],
])('contextBudget: when %s', async (_when, maxTokens, window, budget) => {
  const policy = maxTokens === undefined ? undefined : { maxTokens };
  expect(computeContextBudget(policy, window, fixed, await loadTokenizer())).toBe(budget);
});
