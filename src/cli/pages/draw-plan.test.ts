import type { PlanView } from '../../contracts/handoff/plan-view.js';
import { expect, test } from 'vitest';
import { drawPlans } from './draw-plan.js';
import { NO_COLORS } from '../terminal/palette.js';
import { measureWidth } from '../terminal/text-width.js';

const plan: PlanView = {
  goal: 'Compare two retry policies.',
  subtasks: [
    { id: 'a', kind: 'research', task: 'read\nthe docs', dependsOn: [], state: 'done' },
    { id: 'b', kind: 'code', task: 'count them', dependsOn: [], state: 'working' },
    { id: 'c', kind: 'writing', task: 'write it up', dependsOn: ['a', 'b'], state: 'waiting' },
    { id: 'd', kind: 'code', task: 'run it', dependsOn: [], state: 'failed', why: 'no sandbox' },
  ],
};
const style = { width: 60, palette: NO_COLORS, now: 0 };

test('plan: each subtask is a line with its progress, its dependencies and its failure', () => {
  expect(drawPlans([plan], style)).toEqual([
    'plan  1 of 4 done  Compare two retry policies.',
    '  ✓ a  research  read the docs',
    '  ⠋ b  code      count them',
    '  · c  writing   after b: write it up',
    '  ✗ d  code      failed: no sandbox',
  ]);
});

test('plan: no line is wider than the screen', () => {
  const long = {
    ...plan,
    goal: 'x '.repeat(90),
    subtasks: plan.subtasks.map((each) => ({ ...each, task: 'y '.repeat(90) })),
  };
  expect(Math.max(...drawPlans([long], style).map(measureWidth))).toBeLessThanOrEqual(60);
});
