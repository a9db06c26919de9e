/** A person who can receive tasks like an agent: the schemas of their input and output, and their roles. */
import { check } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import type { JsonInput } from '../data/json.js';
import { assertKeys, type Keys } from '../data/known-keys.js';
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

const KEYS: Keys<HumanSpecification<string, unknown, unknown>> = {
  name: true,
  roles: true,
  goal: true,
  question: true,
  input: true,
  output: true,
  deadline: true,
  remind: true,
  escalate: true,
};

/**
 * Defines a person as a receiver. A task for them opens a request and waits for seconds or months, without using a
 * worker thread. Their answer must fit their output schema. No model changes it.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown option, a bad name, no role, a schema whose input and output types differ, or
 * invalid times.
 */
export function human<const Name extends string, In = JsonInput, Out = string>(
  spec: HumanSpecification<Name, In, Out>,
): HumanDefinition<Name, In, Out> {
  const { name, roles, input, output } = spec;
  check(
    () => assertName('human', name),
    () => assertKeys(`human ${name}`, spec, KEYS),
    () => assertRoles(name, roles),
    () => input && assertWireSchema(input, `human ${name}, input`),
    () => output && assertWireSchema(output, `human ${name}, output`),
    () => planWaiting(spec, `human ${name}`),
  );
  const goal = spec.goal ?? spec.question ?? `Decide what needs a person: ${roles.join(', ')}.`;
  return Object.freeze({ kind: 'human' as const, ...spec, goal });
}

function assertRoles(human: string, roles: readonly string[]): void {
  if (roles.length > 0 && roles.every((role) => role.trim() !== '')) return;
  throw createDefinitionError(`human ${human}: roles must name at least one role, e.g. finance.`);
}
