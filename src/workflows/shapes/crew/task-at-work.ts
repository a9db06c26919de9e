/**
 * One task of a crew, until its output is let through: by its schema, its guardrails, and the person who reads it. What
 * they say goes back to whoever did it, as often as the task allows.
 */
import { textOf, type Feedback, type TaskOutput } from '../../../contracts/crew/outcome.js';
import { filled } from '../../../contracts/crew/placeholders.js';
import { BatonError } from '../../../contracts/errors.js';
import * as /* webpackDefer: true */ jsonSchema from '../../../contracts/json-schema.js';
import type { Json } from '../../../contracts/json.js';
import { preview } from '../../../contracts/preview.js';
import { approval } from '../../approval.js';
import type { Run } from '../../run.js';
import { problemWith } from './guardrails.js';
import { managed } from './hierarchy.js';
import { writeOutput } from './output-file.js';
import type { TaskOfCrew } from './task-of-crew.js';
import { worked, type Assigned, type Given } from './work.js';

const REVIEW_ROUNDS = 3;

export class TaskAtWork {
  private readonly run: Run;
  private readonly of: TaskOfCrew;
  private readonly given: Given;

  constructor(run: Run, of: TaskOfCrew) {
    this.run = run;
    this.of = of;
    const { task, crew, values, context } = of;
    this.given = {
      crew,
      values,
      task: filled(task.description, values),
      expected: filled(task.expectedOutput, values),
      context,
      ...(task.output === undefined
        ? {}
        : { output: { schema: task.output, json: jsonSchema.jsonSchemaOf(task.output) } }),
    };
  }

  async toTheEnd(): Promise<TaskOutput> {
    const { task } = this.of;
    let feedback: Feedback | undefined;
    let retries = 0;
    for (let reviews = 0; ;) {
      const done = await this.produced(feedback);
      const { output } = done;
      const problem = await problemWith(this.run, this.of, output);
      if (problem !== undefined) {
        retries += 1;
        this.run.note(`The output of ${task.name} goes back: ${preview(problem, 300)}`);
        if (retries > task.guardrailRetries) throw this.neverLetThrough(retries, problem);
        feedback = { feedback: problem, previous: output };
        continue;
      }
      const said = await this.reviewed(output, reviews);
      if (said === undefined) {
        await writeOutput(this.run, this.of, output);
        return { name: task.name, agent: done.by, output };
      }
      reviews += 1;
      feedback = { feedback: said, previous: output };
    }
  }

  private produced(feedback: Feedback | undefined): Promise<Assigned> {
    const { task, crew } = this.of;
    const given = feedback === undefined ? this.given : { ...this.given, ...feedback };
    if (crew.manager !== undefined) return managed(this.run, crew.manager, task, given);
    if (task.agent !== undefined) return worked(this.run, task.agent, given);
    throw new TypeError(`The task ${task.name} has no agent.`);
  }

  /** What a person says is to be better; undefined when it is let through. No model reads the decision itself. */
  private async reviewed(output: Json, reviews: number): Promise<string | undefined> {
    const { task } = this.of;
    if (task.humanReview === false) return undefined;
    const { rounds = REVIEW_ROUNDS, ...asked } = task.humanReview;
    const verdict = await approval(this.run, {
      ...asked,
      question: `Is the output of ${task.name} good as it is?`,
      details: reviewText(this.given, output),
      onReject: 'return',
    });
    if (verdict.outcome !== 'rejected') return undefined;
    if (reviews < rounds) return verdict.reason;
    throw new BatonError(
      'REJECTED',
      `The output of ${task.name} was sent back ${reviews + 1} times, the last time by ${verdict.by}: ${verdict.reason}`,
      { task: task.name, by: verdict.by, reason: verdict.reason },
    );
  }

  private neverLetThrough(tries: number, problem: string): BatonError {
    const { task, crew } = this.of;
    return new BatonError(
      'OUTPUT_INVALID',
      `crew ${crew.name}: no output of ${task.name} was let through in ${tries} tries. The last problem: ${preview(problem, 400)}`,
      { crew: crew.name, task: task.name, problem },
    );
  }
}

function reviewText({ task, expected }: Given, output: Json): string {
  const quoted = (text: string): string => text.replace(/^/gm, '> ');
  return [
    `**The task**\n\n${quoted(task)}`,
    `**What is expected**\n\n${quoted(expected)}`,
    `**The output**\n\n${quoted(textOf(output))}`,
    'Rejecting sends it back: your reason is what is to be better.',
  ].join('\n\n');
}
