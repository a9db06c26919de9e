/** The steps of a plan as they are drawn: one line a subtask, with who did it. Pure. */
import type { Step } from './step.js';

/** Paths of shapes that carry out a plan: `plan-0`, and below it a folder for each subtask. */
const PLAN = /(?:^|\/)plan-\d+$/;

/** Puts the one agent of each subtask in its folder's place; it keeps the subtask's id. */
export function flattenPlans(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({
    ...step,
    children: PLAN.test(step.path) ? step.children.map(ofSubtask) : flattenPlans(step.children),
  }));
}

function ofSubtask(folder: Step): Step {
  const [only, ...others] = folder.children;
  if (folder.kind !== 'group' || only === undefined || others.length > 0) return folder;
  return { ...only, part: folder.path.slice(folder.path.lastIndexOf('/') + 1) };
}
