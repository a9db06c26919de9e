/** The description of an orchestration, for code that loads it outside the sandbox: worker, CLI, inbox. */
import type { Schema } from '../data/schema.js';
import type { TeamDefinition } from './team.js';

export interface OrchestrationDescription {
  readonly team?: TeamDefinition;
  readonly input?: Schema;
  readonly output?: Schema;
  /** The required keys of the input if it has no schema: each with its schema, or null for text. */
  readonly asks?: Readonly<Record<string, Schema | null>>;
  /** Whether it is a conversation. */
  readonly talks?: true;
}

const KEY = Symbol.for('baton.orchestration');

/** Attaches a description to a workflow function. */
export function withDescription<F extends object>(workflow: F, description: OrchestrationDescription): F {
  return Object.assign(workflow, { [KEY]: description });
}

/** The same workflow, with the required keys of its input in the description. */
export function askDescription<F extends object>(
  workflow: F,
  asks: NonNullable<OrchestrationDescription['asks']>,
): F {
  return withDescription(workflow, { ...describeOrchestration(workflow), asks });
}

/** The description of an exported workflow, or undefined if it is not an orchestration. */
export function describeOrchestration(value: unknown): OrchestrationDescription | undefined {
  return typeof value === 'function' ? (value as { [KEY]?: OrchestrationDescription })[KEY] : undefined;
}
