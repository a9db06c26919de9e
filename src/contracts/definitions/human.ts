/** A person who can have a task like any agent: what they take and give, and who may be meant. */
import { createDefinitionError } from '../errors.js';
import type { JsonInput } from '../data/json.js';
import { assertName } from '../data/names.js';
import { assertWireSchema, type Schema } from '../data/schema.js';
import { planWaiting, type WaitingTimes } from './waiting-times.js';

/** A person as {@link human} defines one: data that every side reads, and that never changes. */
export interface HumanDefinition<Name extends string = string, In = unknown, Out = unknown> extends Omit<
  HumanSpecification<Name, In, Out>,
  'roles' | 'input' | 'output'
> {
  readonly kind: 'human';
  readonly roles: readonly string[];
  readonly goal: string;
  readonly input?: Schema;
  readonly output?: Schema;
  /** Types only: what the person takes and gives. Nothing is stored here. */
  readonly types?: { readonly take: (input: In) => void; readonly give: Out };
}

export interface HumanSpecification<Name extends string, In, Out> extends WaitingTimes {
  readonly name: Name;
  /** Who is meant, e.g. `['finance']`. Lists show it; who decides is a claim until decisions are signed. */
  readonly roles: readonly [string, ...string[]];
  /** What this person is for, in a sentence: routers and senders' models choose by it. Default: their roles. */
  readonly goal?: string;
  /** What the person is asked, in a sentence. Default: the goal of the task that they are handed. */
  readonly question?: string;
  /** Without one, any JSON goes in. */
  readonly input?: Schema<In>;
  /** Without one, text comes out. */
  readonly output?: Schema<Out>;
}

/**
 * Defines a person as a receiver. Handing them a task opens a request and waits, for seconds or months, holding no
 * worker thread; what they answer fits their output's schema, and no model reads it on the way.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, no role, a schema that is not the same in and out, or
 * times that cannot be.
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
