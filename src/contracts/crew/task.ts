/** A task of a crew: what is to be done, what is expected, by whom, and what of the other tasks it goes on from. */
import { type BatonError, createDefinitionError } from '../errors.js';
import { assertName } from '../data/names.js';
import type { AnyParticipant } from '../definitions/participant.js';
import { assertWireSchema, type Schema } from '../data/schema.js';
import { register } from '../definitions/definition-registry.js';
import { planWaiting, type WaitingTimes } from '../definitions/waiting-times.js';
import type { PlaceholdersIn } from './placeholders.js';

/** Looks at an output: `true`, or what is wrong with it. Pure, as it runs in the workflow. */
export type GuardrailFunction<Out> = (output: Out) => true | string;

/** A person who reads a task's output before the crew goes on. */
export interface HumanReview extends WaitingTimes {
  /** Who may decide; anybody without. */
  readonly roles?: readonly string[];
  /** How often the work may go back with what they say; default 3. */
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
  /** Types only: what it gives, and what its texts leave open. Nothing is stored here. */
  readonly types?: { readonly give: Out; readonly open: Placeholder };
}

export interface CrewTaskSpecification<
  Name extends string,
  Description extends string,
  Expected extends string,
  Out,
> {
  readonly name: Name;
  /** What is to be done; may hold placeholders, as `{topic}`. */
  readonly description: Description;
  /** What its result is to look like; may hold placeholders. */
  readonly expectedOutput: Expected;
  /** An agent of the crew, or a person. Only a hierarchical crew's manager chooses where it is left out. */
  readonly agent?: AnyParticipant;
  /** The earlier tasks whose outputs it is given. Without it: all of them. */
  readonly context?: readonly CrewTask[];
  /** What its result fits; text without. */
  readonly output?: Schema<Out>;
  /** Runs beside what follows it, until something needs it; default false. */
  readonly async?: boolean;
  /** Functions in the workflow, or conditions in words, which a model judges. */
  readonly guardrails?: readonly (GuardrailFunction<NoInfer<Out>> | string)[];
  /** How often the work may go back with what a guardrail says; default 3. */
  readonly guardrailRetries?: number;
  /** Whether a person reads the output, and may send it back with feedback; default false. */
  readonly humanReview?: boolean | HumanReview;
  /** Where the output is written, below the worker's folder for outputs; may hold placeholders. */
  readonly outputFile?: string;
}

/**
 * Defines a task of a crew.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, no description, a schema that is not the same in and out, or a
 * limit that is none.
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
  if (spec.description.trim() === '')
    throw createTaskError(name, 'it has no description: say what is to be done');
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
