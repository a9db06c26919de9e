/** Checks a plan. Separate from the schemas, which are expensive to evaluate in the sandbox. */
import type { Subtask, WorkPlan } from './plan.js';

/**
 * The problem that prevents a plan from running, or undefined: a repeated subtask id, an unknown kind, an unknown
 * dependency or a cycle.
 */
export function findPlanProblem(
  plan: WorkPlan,
  kinds: readonly string[],
  known: readonly string[] = [],
): string | undefined {
  const ids = plan.subtasks.map((subtask) => subtask.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index || known.includes(id));
  if (twice !== undefined) return `Two subtasks have the id "${twice}".`;
  for (const { id, kind, dependsOn } of plan.subtasks) {
    if (!kinds.includes(kind))
      return `Subtask "${id}" has the kind "${kind}"; there are: ${kinds.join(', ')}.`;
    const unknown = dependsOn.find((needed) => !ids.includes(needed));
    if (unknown !== undefined) return `Subtask "${id}" depends on "${unknown}", which is not in the plan.`;
  }
  const circle = findCircle(plan.subtasks);
  return circle.length === 0 ? undefined : `These subtasks wait for each other: ${circle.join(', ')}.`;
}

function findCircle(subtasks: readonly Subtask[]): string[] {
  let left = [...subtasks];
  for (;;) {
    const waiting = new Set(left.map((subtask) => subtask.id));
    const next = left.filter((subtask) => subtask.dependsOn.some((needed) => waiting.has(needed)));
    if (next.length === left.length) return next.map((subtask) => subtask.id);
    left = next;
  }
}
