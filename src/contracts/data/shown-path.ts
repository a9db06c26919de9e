/** Step paths as people see them: what the labels of `step-path` say of a step. No workflow needs it. */
import { isBelow, readLastPart, toParentPath } from './step-path.js';

/** Whether a label is one of {@link subtaskAgainLabel}. */
export function isSubtaskAgain(label: string): boolean {
  return label.endsWith('-again');
}

/** Whether a shape carries a plan out here: below it stands a folder for each subtask. */
export function isPlan(path: string): boolean {
  return /(?:^|\/)plan-\d+$/.test(path);
}

/** The number of the branch directly below a path in which a step stands. */
export function findBranchBelow(path: string, step: string): string | undefined {
  return isBelow(step, path) ? /^\/(\d+)\//.exec(step.slice(path.length))?.[1] : undefined;
}

/** The step above, for people: a branch's number is no step of its own, nor is the mark of a later execution. */
export function toParentStep(path: string): string {
  const parent = toParentPath(path);
  if (/^r\d+$/.test(parent)) return '';
  return /(^|\/)\d+$/.test(parent) ? toParentStep(parent) : parent;
}

/** What a step is called, for people: `parallel-0/2/search_docs-1a2b3c4d-0` is `search_docs`. */
export function toStepName(path: string): string {
  return readLastPart(path).replace(/(-[0-9a-f]{8})?-\d+$/, '');
}
