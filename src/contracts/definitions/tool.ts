/** A tool that an agent can call. Its definition is data; its implementation is on a worker. */
import { digest } from '../data/canonical-json.js';
import { check, register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import { assertKeys, type Keys } from '../data/known-keys.js';
import { assertName, assertNotReserved, assertToolFits, CONFIDENCE_PROPERTY } from '../data/names.js';
import { assertModelSchema, assertWireSchema, type Schema } from '../data/schema.js';

/**
 * The side effects of a call: `read` changes nothing. `idempotent` changes something, and a repeat changes nothing
 * more. `irreversible` can't be undone, so it needs an approval.
 */
export type ToolEffect = 'read' | 'idempotent' | 'irreversible';

/** How much harm a wrong call does. Policies for low confidence use it. */
export type ToolRisk = 'low' | 'medium' | 'high';

/**
 * The behavior of the API when it gets the same idempotency key twice. `keyed`: it deduplicates, so an attempt with an
 * unknown outcome can be repeated. `none`: it does not, so a person is asked.
 */
export type Idempotency = 'keyed' | 'none';

/**
 * Decides per call which of the two applies, for a tool that calls different APIs. Must be pure: workflows call it too.
 */
export type IdempotencyRule<In> = {
  // A method, so that a tool with specific arguments is still assignable to a tool.
  rule(this: void, args: In): Idempotency;
}['rule'];

/**
 * Names one call for the person who approves it, e.g. `Pay €12.50 to Ada`. Display only: people approve the tool and its
 * arguments, which are shown too. Must be pure: workflows call it. If it throws, the request has no title.
 */
export type TitleRule<In> = {
  // A method for the same reason.
  rule(this: void, args: In): string;
}['rule'];

/** The options for an unknown outcome, in the action's own words. */
export interface OutcomeWording {
  /** The action happened, e.g. "It was sent". */
  readonly done: string;
  /** Repeat the action, e.g. "Send it again". */
  readonly again: string;
}

/** A tool as {@link tool} defines it: what models and people read. The implementation is on a worker. */
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
  /** The purpose of the tool, and when to use it. Models read this. */
  readonly description: string;
  readonly input: Schema<In>;
  /** Default: text. */
  readonly output?: Schema<Out>;
  /** Default `read`. */
  readonly effect?: Effect;
  /** Default `high` for an irreversible effect, else `low`. */
  readonly risk?: ToolRisk;
  /** Default `none`; has no meaning for a `read` tool. */
  readonly idempotency?: Idempotency | IdempotencyRule<In>;
  /** Names a call for approvers. Default: no title, only the tool and its arguments. */
  readonly title?: TitleRule<In>;
  /** Default "It was done" and "Do it again". */
  readonly unknownOutcome?: OutcomeWording;
  /** Only agents with this permission get the tool or can call it. */
  readonly permission?: string;
  /** The output was written by outsiders: web pages, mail, tickets. Approval requests show who has read it. */
  readonly untrusted?: true;
  /** The time limit of one attempt; default 60. */
  readonly timeoutSeconds?: number;
}

const KEYS: Keys<ToolSpecification<string, unknown, unknown, ToolEffect>> = {
  name: true,
  description: true,
  input: true,
  output: true,
  effect: true,
  risk: true,
  idempotency: true,
  title: true,
  unknownOutcome: true,
  permission: true,
  untrusted: true,
  timeoutSeconds: true,
};

/**
 * Defines a tool.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown option, a bad name, a schema whose input and output types differ, or a reserved
 * property.
 */
export function tool<const Name extends string, In, Out = string, const Effect extends ToolEffect = 'read'>(
  spec: ToolSpecification<Name, In, Out, Effect>,
): ToolDefinition<Name, In, Out, Effect> {
  const { name, input, output, permission } = spec;
  check(
    () => assertName('tool', name),
    () => assertKeys(`tool ${name}`, spec, KEYS),
    () => assertNotReserved(name),
    () => permission !== undefined && assertName(`tool ${name}: permission`, permission),
    () => assertToolFits(`tool ${name}`, name, spec.description),
    () => assertInput(name, input),
    () => output && assertWireSchema(output, `tool ${name}, output`),
  );
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

function assertInput(tool: string, input: Schema): void {
  assertModelSchema(input, `tool ${tool}, input`);
  if (input.def.type !== 'object') {
    throw createDefinitionError(
      `tool ${tool}: its input must be an object schema, as models call tools with named arguments.`,
    );
  }
  if (CONFIDENCE_PROPERTY in ((input.def as { readonly shape?: object }).shape ?? {})) {
    throw createDefinitionError(
      `tool ${tool}: the property ${CONFIDENCE_PROPERTY} is Baton's own: by it agents say how sure they are of a call. Choose another name.`,
    );
  }
}

/** The default risk for an effect. */
export function toRisk(effect: ToolEffect | undefined): ToolRisk {
  return effect === 'irreversible' ? 'high' : 'low';
}

/** How the API treats a repeat of a call with these arguments. */
export function readIdempotency<In>(
  tool: Pick<ToolDefinition<string, In>, 'idempotency'>,
  args: In,
): Idempotency {
  return typeof tool.idempotency === 'function' ? tool.idempotency(args) : tool.idempotency;
}

/** The idempotency key of one call, the same for every attempt: 32 hex characters. */
export function buildIdempotencyKey(root: string, step: string): string {
  return digest({ root, step }).slice(0, 32);
}
