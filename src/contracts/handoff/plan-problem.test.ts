import { describe, expect, test } from 'vitest';
import type { WorkPlan } from './plan.js';
import { findPlanProblem } from './plan-problem.js';

const plan = (...subtasks: [id: string, dependsOn?: string[], kind?: string][]): WorkPlan => ({
  rationale: 'r',
  subtasks: subtasks.map(([id, dependsOn = [], kind = 'research']) => ({ id, kind, task: 't', dependsOn })),
});

describe('findPlanProblem', () => {
  test.each([
    ['two of one id', plan(['a'], ['a']), 'Two subtasks have the id "a".'],
    ['an id that an earlier plan used', plan(['old']), 'Two subtasks have the id "old".'],
    [
      'a kind nobody does',
      plan(['a', [], 'magic']),
      'Subtask "a" has the kind "magic"; there are: research, code.',
    ],
    ['a dependency on nothing', plan(['a', ['b']]), 'Subtask "a" depends on "b", which is not in the plan.'],
    [
      'a circle',
      plan(['a', ['c']], ['b', ['a']], ['c', ['b']], ['d']),
      'These subtasks wait for each other: a, b, c.',
    ],
    ['one that waits for itself', plan(['a', ['a']]), 'These subtasks wait for each other: a.'],
  ])('names %s', (_what, wrong, problem) => {
    expect(findPlanProblem(wrong, ['research', 'code'], ['old'])).toBe(problem);
  });

  test('plan: a plan that can be carried out has no problem, in any order', () => {
    expect(
      findPlanProblem(plan(['c', ['a', 'b']], ['a'], ['b', ['a'], 'code']), ['research', 'code']),
    ).toBeUndefined();
  });
});
