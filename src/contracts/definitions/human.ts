/** A person who can receive tasks like an agent: the schemas of their input and output, and their roles. */
import { createDefinitionError } from '../errors.js';
import type { JsonInput } from '../data/json.js';
import { assertName } from '../data/names.js';
import { assertWireSchema, type Schema } from '../data/schema.js';
import { planWaiting, type WaitingTimes } from './waiting-times.js';

/** A person as {@link human} defines one. Immutable data that the worker, the workflow and clients read. */
export interface HumanDefinition<Name extends string = string, In = unknown, Out = unknown> extends Omit<
  HumanSpecification<Name, In, Out>,
  'roles' | 'input' | 'output'
> {
  readonly kind: 'human';
  readonly roles: readonly string[];
  readonly goal: string;
  readonly input?: Schema;
  readonly output?: Schema;
  /** Types only: the person's input and output. Nothing is stored here. */
  readonly types?: { readonly take: (input: In) => void; readonly give: Out };
}

export interface HumanSpecification<Name extends string, In, Out> extends WaitingTimes {
  readonly name: Name;
  /**
   * The person's roles, e.g. `['finance']`. Lists show them. Without signed decisions the decider's identity is not
   * verified.
   */
  readonly roles: readonly [string, ...string[]];
  /** The person's purpose, in one sentence. Routers and the models of senders choose by it. Default: the roles. */
  readonly goal?: string;
  /** The question for the person, in one sentence. Default: the goal of the task. */
  readonly question?: string;
  /** Default: any JSON. */
  readonly input?: Schema<In>;
  /** Default: text. */
  readonly output?: Schema<Out>;
}

/**
 * Defines a person as a receiver. A task for them opens a request and waits for seconds or months, without using a
 * worker thread. Their answer must fit their output schema. No model changes it.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, no role, a schema whose input and output types differ, or
 * invalid times.
 */
export function human<const Name extends string, In = JsonInput, Out = string>(
  spec: HumanSpecification<Name, In, Out>,
): HumanDefinition<Name, In, Out> {
  assertName('human', spec.name);
  const { name, roles } = spec;
  if (roles.length === 0 || roles.some((role) => role.trim() === '')) {
    throw createDefinitionError(`human ${name}: roles must name at least one role, e.g. finance.`);
  }
  if (spec.input) assertWireSchema(spec.input, `human ${name}, input`);
  if (spec.output) assertWireSchema(spec.output, `human ${name}, output`);
  planWaiting(spec, `human ${name}`);
  const goal = spec.goal ?? spec.question ?? `Decide what needs a person: ${roles.join(', ')}.`;
  return Object.freeze({ kind: 'human' as const, ...spec, goal });
}
