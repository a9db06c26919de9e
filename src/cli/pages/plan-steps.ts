/** The steps of a plan as they are drawn: one line a subtask, with who did it. Pure. */
import type { Step } from './step.js';
import { isPlan } from '../../contracts/data/shown-path.js';
import { lastPart } from '../../contracts/data/step-path.js';

/** Puts the one agent of each subtask in its folder's place; it keeps the subtask's id. */
export function flattenPlans(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({
    ...step,
    children: isPlan(step.path) ? step.children.map(ofSubtask) : flattenPlans(step.children),
  }));
}

function ofSubtask(folder: Step): Step {
  const [only, ...others] = folder.children;
  if (folder.kind !== 'group' || only === undefined || others.length > 0) return folder;
  return { ...only, part: lastPart(folder.path) };
}
