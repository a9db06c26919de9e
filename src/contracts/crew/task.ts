/** A crew task: its description, expected output, agent, and the earlier tasks it depends on. */
import { type BatonError, createDefinitionError } from '../errors.js';
import { assertName } from '../data/names.js';
import type { AnyParticipant } from '../definitions/participant.js';
import { assertWireSchema, type Schema } from '../data/schema.js';
import { register } from '../definitions/definition-registry.js';
import { planWaiting, type WaitingTimes } from '../definitions/waiting-times.js';
import type { PlaceholdersIn } from './placeholders.js';

/** Checks an output: returns `true`, or what is wrong. Must be pure: it runs in the workflow. */
export type GuardrailFunction<Out> = (output: Out) => true | string;

/** A person who reviews a task's output before the crew continues. */
export interface HumanReview extends WaitingTimes {
  /** Roles that may decide. Default: anyone. */
  readonly roles?: readonly string[];
  /** How often the reviewer can send the task back with feedback; default 3. */
  readonly rounds?: number;
}

/** A task as {@link crewTask} defines it. */
export interface CrewTask<
  Name extends string = string,
  Out = unknown,
  Placeholder extends string = string,
> extends Omit<CrewTaskSpecification<Name, string, string, Out>, 'output' | 'guardrails'> {
  readonly kind: 'crew-task';
  readonly output?: Schema;
  readonly async: boolean;
  readonly guardrails: readonly (GuardrailFunction<never> | string)[];
  readonly guardrailRetries: number;
  readonly humanReview: HumanReview | false;
  /** Types only: its output, and the placeholders in its texts. Nothing is stored here. */
  readonly types?: { readonly give: Out; readonly open: Placeholder };
}

export interface CrewTaskSpecification<
  Name extends string,
  Description extends string,
  Expected extends string,
  Out,
> {
  readonly name: Name;
  /** The instructions; can contain placeholders such as `{topic}`. */
  readonly description: Description;
  /** The form of the result; can contain placeholders. */
  readonly expectedOutput: Expected;
  /** An agent of the crew, or a person. Only in a hierarchical crew may you omit it: then the manager chooses. */
  readonly agent?: AnyParticipant;
  /** The earlier tasks whose outputs the agent receives. Default: all of them. */
  readonly context?: readonly CrewTask[];
  /** The schema of the result. Default: text. */
  readonly output?: Schema<Out>;
  /** Runs in parallel with later tasks until one of them needs its output; default false. */
  readonly async?: boolean;
  /** Functions that run in the workflow, or conditions written as text, which a model judges. */
  readonly guardrails?: readonly (GuardrailFunction<NoInfer<Out>> | string)[];
  /** How often a guardrail can send the task back with feedback; default 3. */
  readonly guardrailRetries?: number;
  /** Whether a person reviews the output and can send it back with feedback; default false. */
  readonly humanReview?: boolean | HumanReview;
  /** The file for the output, relative to the worker's output folder; can contain placeholders. */
  readonly outputFile?: string;
}

/**
 * Defines a task of a crew.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, no description, a schema whose input and output types differ,
 * or an invalid limit.
 */
export function crewTask<
  const Name extends string,
  const Description extends string,
  const Expected extends string,
  Out = string,
>(
  spec: CrewTaskSpecification<Name, Description, Expected, Out>,
): CrewTask<Name, Out, PlaceholdersIn<Description> | PlaceholdersIn<Expected>> {
  const { name, guardrailRetries = 3, humanReview = false, guardrails = [] } = spec;
  assertName('crew task', name);
  if (spec.description.trim() === '') throw createTaskError(name, 'it has no description: describe the task');
  if (spec.output) assertWireSchema(spec.output, `crew task ${name}, output`);
  if (spec.outputFile?.trim() === '')
    throw createTaskError(name, 'its outputFile is empty: name a file, or leave it out');
  assertLimit(name, 'guardrailRetries', guardrailRetries);
  const review = humanReview === true ? {} : humanReview;
  if (review !== false) {
    assertLimit(name, 'humanReview.rounds', review.rounds ?? 3);
    planWaiting(review, `crew task ${name}, humanReview`);
  }
  const task = Object.freeze({
    kind: 'crew-task' as const,
    ...spec,
    async: spec.async ?? false,
    guardrails,
    guardrailRetries,
    humanReview: review,
  });
  register(task);
  return task;
}

function assertLimit(task: string, limit: string, value: number): void {
  if (Number.isInteger(value) && value >= 0) return;
  throw createTaskError(task, `${limit} is ${JSON.stringify(value)}, and must be a whole number from 0`);
}

function createTaskError(task: string, why: string): BatonError {
  return createDefinitionError(`crew task ${task}: ${why}.`, { task });
}
