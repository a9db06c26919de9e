/** The plan for a counting question: a program counts, and a researcher looks up the context. */
import { type PickedProgram, pickProgram } from '../code/programs.js';
import { asksForOtherCount } from '../code/uncountable.js';
import type { Plan, Subtask } from '../shapes.js';

/** The context that a researcher adds to a number; the question did not ask for it. */
export const CONTEXT = 'in-context';
const UNCOUNTABLE =
  'The question asks for a number that no program at hand counts and no document holds, which is said rather than guessed.';

/** Undefined if the question asks for no count, or for one that a document may contain. */
export function countingPlan(question: string): Plan | undefined {
  const picked = pickProgram(question);
  const count: Subtask = { id: 'count', kind: 'code', task: question, dependsOn: [] };
  if (picked === undefined)
    return asksForOtherCount(question) ? { subtasks: [count], rationale: UNCOUNTABLE } : undefined;
  return { subtasks: [count, beside(picked)], rationale: rationaleOf(picked) };
}

/** The first place is known only after the count; every other look-up runs in parallel. */
function beside({ program, args }: PickedProgram): Subtask {
  const [term] = args.facts?.terms ?? [];
  const only = args.facts?.terms.length === 1;
  if (term === undefined || !only)
    return { id: 'corpus', kind: 'code', task: 'How many packages are there?', dependsOn: [] };
  const task =
    program === 'rank-packages'
      ? `What does the package that comes first say about ${term}?`
      : `What do the documents say about ${term}?`;
  const dependsOn = program === 'rank-packages' ? ['count'] : [];
  return { id: CONTEXT, kind: 'research', task, dependsOn, keywords: [term] };
}

function rationaleOf({ program }: PickedProgram): string {
  return `The question asks for a number, which the program "${program}" counts in the documents themselves; what it counts is looked up beside it.`;
}
