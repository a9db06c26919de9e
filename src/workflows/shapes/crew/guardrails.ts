/** Finds problems in a task's output: by its schema, by functions, and by conditions in words, in this order. */
import { toOutputText } from '../../../contracts/crew/outcome.js';
import type { GuardrailFunction } from '../../../contracts/crew/task.js';
import { createOutputError } from '../../../contracts/errors.js';
import { isJsonObject, type Json } from '../../../contracts/data/json.js';
import { parseWith } from '../../../contracts/data/schema.js';
import type { Run } from '../../runtime/run.js';
import { delegate } from '../../handoff/verbs.js';
import type { TaskOfCrew } from './task-of-crew.js';

const VERDICT: Json = {
  type: 'object',
  properties: {
    valid: { type: 'boolean', description: 'Whether the output meets the condition.' },
    feedback: { type: 'string', description: 'The advice for improvement; empty if it is valid.' },
  },
  required: ['valid', 'feedback'],
  additionalProperties: false,
};

/** The first problem in words; undefined when there is no problem. */
export async function findProblem(run: Run, of: TaskOfCrew, output: Json): Promise<string | undefined> {
  const { task } = of;
  const parsed = parseWith(task.output, output);
  if (!parsed.ok) return `It does not fit its schema.\n${parsed.problem}`;
  for (const guardrail of task.guardrails) {
    const problem =
      typeof guardrail === 'string'
        ? await judgeCondition(run, of, guardrail, output)
        : readVerdict(guardrail as GuardrailFunction<unknown>, output);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function readVerdict(guardrail: GuardrailFunction<unknown>, output: Json): string | undefined {
  const verdict = guardrail(output);
  if (verdict === true) return undefined;
  // Only `true` accepts the output, even from untyped code.
  return typeof verdict === 'string' && verdict.trim() !== ''
    ? verdict
    : 'A guardrail does not let it through.';
}

/** A model that returns no verdict has not accepted the output. */
async function judgeCondition(
  run: Run,
  { crew, task }: TaskOfCrew,
  condition: string,
  output: Json,
): Promise<string | undefined> {
  if (crew.judge === undefined) throw new TypeError(`Nobody judges the guardrails of ${task.name}.`);
  const asked = { condition, output: toOutputText(output) };
  const verdict = await delegate(run, crew.judge, asked, { terms: { output: VERDICT } });
  if (isJsonObject(verdict) && verdict['valid'] === true) return undefined;
  const feedback = isJsonObject(verdict) ? verdict['feedback'] : undefined;
  if (typeof feedback === 'string' && feedback.trim() !== '') return feedback;
  if (isJsonObject(verdict)) return `It does not meet the condition: ${condition}`;
  throw createOutputError(`${crew.judge.name} gave no verdict on ${task.name}.`, {
    agent: crew.judge.name,
    task: task.name,
  });
}
