/**
 * Runs one task of a crew until its schema, its guardrails, and the person who reviews it accept the output. Their feedback
 * goes back to the agent, as often as the task allows.
 */
import { perform } from '../../tools/perform.js';
import type { ToolDefinition } from '../../../contracts/definitions/tool.js';
import * as /* webpackDefer: true */ file from '../../../contracts/crew/output-file.js';
import { toOutputText, type Feedback, type TaskOutput } from '../../../contracts/crew/outcome.js';
import { fillPlaceholders } from '../../../contracts/crew/placeholders.js';
import { createOfferIn } from '../../../contracts/requests/option-wordings.js';
import { type BatonError, createOutputError, createRejectionError } from '../../../contracts/errors.js';
import * as /* webpackDefer: true */ jsonSchema from '../../../contracts/data/json-schema.js';
import type { Json } from '../../../contracts/data/json.js';
import { clip } from '../../../contracts/data/preview.js';
import { requestReview } from '../../approvals/approval.js';
import type { Run } from '../../runtime/run.js';
import { findProblem } from './guardrails.js';
import { runManaged } from './hierarchy.js';
import type { TaskOfCrew } from './task-of-crew.js';
import { delegateTask, type Assigned, type Given } from './delegate-task.js';

const REVIEW_ROUNDS = 3;

export class CrewTaskRun {
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
      task: fillPlaceholders(task.description, values),
      expected: fillPlaceholders(task.expectedOutput, values),
      context,
      ...(task.output === undefined
        ? {}
        : { output: { schema: task.output, json: jsonSchema.toJsonSchema(task.output) } }),
    };
  }

  async toTheEnd(): Promise<TaskOutput> {
    const { task } = this.of;
    let feedback: Feedback | undefined;
    let retries = 0;
    for (let reviews = 0; ;) {
      const done = await this.produce(feedback);
      const { output } = done;
      const problem = await findProblem(this.run, this.of, output);
      if (problem !== undefined) {
        retries += 1;
        this.run.note(`The output of ${task.name} goes back: ${clip(problem, 300)}`);
        if (retries > task.guardrailRetries) throw this.neverLetThrough(retries, problem);
        feedback = { feedback: problem, previous: output };
        continue;
      }
      const { output: kept, feedback: said } = await this.review(output, reviews);
      if (said === undefined) {
        await writeOutput(this.run, this.of, kept);
        return { name: task.name, agent: done.by, output: kept };
      }
      reviews += 1;
      feedback = { feedback: said, previous: output };
    }
  }

  private produce(feedback: Feedback | undefined): Promise<Assigned> {
    const { task, crew } = this.of;
    const given = feedback === undefined ? this.given : { ...this.given, ...feedback };
    if (crew.manager !== undefined) return runManaged(this.run, crew.manager, task, given);
    if (task.agent !== undefined) return delegateTask(this.run, task.agent, given);
    throw new TypeError(`The task ${task.name} has no agent.`);
  }

  /** The output that a person accepts, or their feedback. No model reads the decision itself. */
  private async review(output: Json, reviews: number): Promise<{ output: Json; feedback?: string }> {
    const { task, crew } = this.of;
    if (task.humanReview === false) return { output };
    const { rounds = REVIEW_ROUNDS, ...asked } = task.humanReview;
    const question = `Is the output of ${task.name} good as it is?`;
    const { verdict, args } = await requestReview(
      this.run,
      { ...asked, question, details: formatReview(this.given, output) },
      {
        action: { tool: `${crew.name}: take the output of ${task.name}`, args: { output } },
        argsSchema: jsonSchema.toOutputSchema(task.output ?? jsonSchema.SomeText),
        options: [
          createOfferIn('approve', 'crew'),
          createOfferIn('reject', reviews < rounds ? 'again' : 'last'),
        ],
      },
    );
    if (verdict.outcome !== 'rejected') return args as { output: Json };
    if (reviews < rounds) return { output, feedback: verdict.reason };
    throw createRejectionError(
      `The output of ${task.name} was sent back ${reviews + 1} times, the last time by ${verdict.by}: ${verdict.reason}`,
      { task: task.name, by: verdict.by, reason: verdict.reason },
    );
  }

  private neverLetThrough(tries: number, problem: string): BatonError {
    const { task, crew } = this.of;
    return createOutputError(
      `crew ${crew.name}: no output of ${task.name} was let through in ${tries} tries. The last problem: ${clip(problem, 400)}`,
      { crew: crew.name, task: task.name, problem },
    );
  }
}

function formatReview({ task, expected }: Given, output: Json): string {
  const quoted = (text: string): string => text.replace(/^/gm, '> ');
  return [
    `**The task**\n\n${quoted(task)}`,
    `**Expected output**\n\n${quoted(expected)}`,
    `**The output**\n\n${quoted(toOutputText(output))}`,
  ].join('\n\n');
}

/** @throws {BatonError} `TOOL_FAILED` when the file is outside of the worker's folder, or cannot be written. */
async function writeOutput(run: Run, { task, values }: TaskOfCrew, output: Json): Promise<void> {
  if (task.outputFile === undefined) return;
  // A value is a part of a file name: it cannot select a folder or hide the file.
  const names = Object.entries(values).map(([name, value]) => [
    name,
    value.replace(/[/\\]+/g, '-').replace(/^[.-]+/, ''),
  ]);
  const path = fillPlaceholders(task.outputFile, Object.fromEntries(names) as typeof values);
  await perform(run, file.writeCrewOutput as unknown as ToolDefinition, {
    path,
    content: `${toOutputText(output)}\n`,
  });
}
