/** A tool: something an agent may do beside writing. Its definition is data; its implementation lives on a worker. */
import { digest } from '../data/canonical-json.js';
import { register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import { assertName, assertNotReserved, assertToolFits, CONFIDENCE_PROPERTY } from '../data/names.js';
import { assertModelSchema, assertWireSchema, type Schema } from '../data/schema.js';

/**
 * What a second call would do to the world: `read` changes nothing; `idempotent` changes it, and a repeat changes it
 * no further; `irreversible` changes it for good, so a person is asked first.
 */
export type ToolEffect = 'read' | 'idempotent' | 'irreversible';

/** How much harm a wrong call does; a policy that asks where an agent is not sure looks at it. */
export type ToolRisk = 'low' | 'medium' | 'high';

/**
 * What the other side does with a repeat under the same idempotency key: `keyed` recognises it, so an attempt whose
 * outcome is unknown may be repeated; `none` does not, so a person is asked.
 */
export type Idempotency = 'keyed' | 'none';

/**
 * Which of the two holds for these arguments, for a tool that reaches other sides which differ: pure, as workflows
 * ask it too.
 */
export type IdempotencyRule<In> = {
  // As a method, so that a tool of particular arguments is still a tool.
  rule(this: void, args: In): Idempotency;
}['rule'];

/** How a person is offered what may have become of an action when nobody knows, in the action's own words. */
export interface OutcomeWording {
  /** It took place, e.g. "It was sent". */
  readonly done: string;
  /** It is to be carried out once more, e.g. "Send it again". */
  readonly again: string;
}

/** A tool as {@link tool} defines it: what models and people read of it. What it does lives on a worker. */
export interface ToolDefinition<
  Name extends string = string,
  In = unknown,
  Out = unknown,
  Effect extends ToolEffect = ToolEffect,
> extends ToolSpecification<Name, In, Out, Effect> {
  readonly kind: 'tool';
  readonly effect: Effect;
  readonly risk: ToolRisk;
  readonly idempotency: Idempotency | IdempotencyRule<In>;
  readonly timeoutSeconds: number;
}

export interface ToolSpecification<Name extends string, In, Out, Effect extends ToolEffect> {
  readonly name: Name;
  /** What it does and when to use it: a model reads this. */
  readonly description: string;
  readonly input: Schema<In>;
  /** Without one, the tool's output is text. */
  readonly output?: Schema<Out>;
  /** Default `read`. */
  readonly effect?: Effect;
  /** Default `high` where the effect is irreversible, else `low`. */
  readonly risk?: ToolRisk;
  /** Default `none`; says nothing for a `read` tool. */
  readonly idempotency?: Idempotency | IdempotencyRule<In>;
  /** Default "It was done" and "Do it again". */
  readonly unknownOutcome?: OutcomeWording;
  /** Only who holds it is offered the tool, or may call it. */
  readonly permission?: string;
  /** What it gives is what outsiders wrote: web pages, mail, tickets. Whoever approves is told who has read it. */
  readonly untrusted?: true;
  /** How long one attempt may take; default 60. */
  readonly timeoutSeconds?: number;
}

/**
 * Defines a tool.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, a schema that is not the same in and out, or a property that is
 * Baton's own.
 */
export function tool<const Name extends string, In, Out = string, const Effect extends ToolEffect = 'read'>(
  spec: ToolSpecification<Name, In, Out, Effect>,
): ToolDefinition<Name, In, Out, Effect> {
  assertName('tool', spec.name);
  assertNotReserved(spec.name);
  if (spec.permission !== undefined) assertName(`tool ${spec.name}: permission`, spec.permission);
  assertToolFits(`tool ${spec.name}`, spec.name, spec.description);
  assertModelSchema(spec.input, `tool ${spec.name}, input`);
  if (spec.input.def.type !== 'object') {
    throw createDefinitionError(
      `tool ${spec.name}: its input must be an object schema, as models call tools with named arguments.`,
    );
  }
  if (CONFIDENCE_PROPERTY in ((spec.input.def as { readonly shape?: object }).shape ?? {})) {
    throw createDefinitionError(
      `tool ${spec.name}: the property ${CONFIDENCE_PROPERTY} is Baton's own: by it agents say how sure they are of a call. Choose another name.`,
    );
  }
  if (spec.output) assertWireSchema(spec.output, `tool ${spec.name}, output`);
  const definition: ToolDefinition<Name, In, Out, Effect> = Object.freeze({
    kind: 'tool' as const,
    ...spec,
    effect: spec.effect ?? ('read' as Effect),
    risk: spec.risk ?? toRisk(spec.effect),
    idempotency: spec.idempotency ?? 'none',
    timeoutSeconds: spec.timeoutSeconds ?? 60,
  });
  register(definition);
  return definition;
}

/** What is assumed of a tool that does not say. */
export function toRisk(effect: ToolEffect | undefined): ToolRisk {
  return effect === 'irreversible' ? 'high' : 'low';
}

/** What the other side does with a repeat of a call with these arguments. */
export function readIdempotency<In>(
  tool: Pick<ToolDefinition<string, In>, 'idempotency'>,
  args: In,
): Idempotency {
  return typeof tool.idempotency === 'function' ? tool.idempotency(args) : tool.idempotency;
}

/** Names one call to the other side, the same for every attempt: 32 hex characters. */
export function buildIdempotencyKey(root: string, step: string): string {
  return digest({ root, step }).slice(0, 32);
}
