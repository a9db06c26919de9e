/** A handoff contract: from whom, to whom, in which version, and what must be handed over. */
import type { AgentDefinition } from './agent.js';
import { announce } from './collector.js';
import { BatonError } from './errors.js';
import { assertName } from './names.js';
import { assertWireSchema, type Schema } from './schema.js';

/** A handoff contract as {@link contract} defines it. Open runs refer to it as `name@version`. */
export interface ContractDefinition<
  From extends AgentDefinition<string, never, unknown> = AgentDefinition<string, never, unknown>,
  To extends AgentDefinition<string, never, unknown> = AgentDefinition<string, never, unknown>,
> {
  readonly kind: 'contract';
  readonly name: string;
  readonly version: number;
  readonly from: From;
  readonly to: To;
  readonly payload: Schema;
  /** When the sender is to hand over; a model reads this. */
  readonly when?: string;
}

/**
 * Allows an agent to hand over to another: the sender's model is offered the handoff as a tool whose arguments are
 * the payload, checked before control moves.
 *
 * @throws {BatonError} `BAD_DEFINITION` when the names, the version or the payload's schema are wrong, or an agent
 * would hand over to itself.
 */
export function contract<
  From extends AgentDefinition<string, never, unknown>,
  ToName extends string,
  ToIn,
  ToOut,
>(spec: {
  readonly name: string;
  readonly version: number;
  readonly from: From;
  readonly to: AgentDefinition<ToName, ToIn, ToOut>;
  readonly payload: Schema<ToIn>;
  readonly when?: string;
}): ContractDefinition<From, AgentDefinition<ToName, ToIn, ToOut>> {
  assertName('contract', spec.name);
  if (!Number.isInteger(spec.version) || spec.version < 1) {
    throw new BatonError(
      'BAD_DEFINITION',
      `contract ${spec.name}: version is ${spec.version}, and must be a whole number of at least 1.`,
    );
  }
  if (spec.from.name === spec.to.name) {
    throw new BatonError(
      'BAD_DEFINITION',
      `contract ${spec.name}: ${spec.from.name} would hand over to itself.`,
    );
  }
  assertWireSchema(spec.payload, `contract ${spec.name}, payload`);
  if (spec.payload.def.type !== 'object') {
    throw new BatonError(
      'BAD_DEFINITION',
      `contract ${spec.name}: its payload must be an object schema, as models hand over with named arguments.`,
    );
  }
  const definition = Object.freeze({ kind: 'contract' as const, ...spec });
  announce(definition);
  return definition as unknown as ContractDefinition<From, AgentDefinition<ToName, ToIn, ToOut>>;
}

/** How a contract is named where its version matters: `name@version`. */
export function contractId(definition: Pick<ContractDefinition, 'name' | 'version'>): string {
  return `${definition.name}@${definition.version}`;
}
