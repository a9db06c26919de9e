/** Step paths for people: the meaning of the labels in `step-path`. Workflows don't need it. */
import { isBelow, readLastPart, toParentPath } from './step-path.js';

/** Whether a label was made by {@link subtaskAgainLabel}. */
export function isSubtaskAgain(label: string): boolean {
  return label.endsWith('-again');
}

/** Whether a plan runs at this path: each of its subtasks has a path below it. */
export function isPlan(path: string): boolean {
  return /(?:^|\/)plan-\d+$/.test(path);
}

/** The number of the branch directly below a path that contains a step. */
export function findBranchBelow(path: string, step: string): string | undefined {
  return isBelow(step, path) ? /^\/(\d+)\//.exec(step.slice(path.length))?.[1] : undefined;
}

/** The parent step for people: it skips the number of a branch and the label of a later execution. */
export function toParentStep(path: string): string {
  const parent = toParentPath(path);
  if (/^r\d+$/.test(parent)) return '';
  return /(^|\/)\d+$/.test(parent) ? toParentStep(parent) : parent;
}

/** The name of a step for people: `parallel-0/2/search_docs-1a2b3c4d-0` is `search_docs`. */
export function toStepName(path: string): string {
  return readLastPart(path).replace(/(-[0-9a-f]{8})?-\d+$/, '');
}
