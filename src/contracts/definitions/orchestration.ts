/** What an orchestration tells of itself to those who load it outside the sandbox: worker, CLI, inbox. */
import type { Schema } from '../data/schema.js';
import type { TeamDefinition } from './team.js';

export interface OrchestrationDescription {
  readonly team?: TeamDefinition;
  readonly input?: Schema;
  readonly output?: Schema;
  /** Where no schema says what it takes: the keys that its input must have, each with its schema, or null for a text. */
  readonly asks?: Readonly<Record<string, Schema | null>>;
  /** Whether it is a conversation. */
  readonly talks?: true;
}

const KEY = Symbol.for('baton.orchestration');

/** Marks a workflow function with its description. */
export function withDescription<F extends object>(workflow: F, description: OrchestrationDescription): F {
  return Object.assign(workflow, { [KEY]: description });
}

/** The same workflow, which tells what its input must have. */
export function askDescription<F extends object>(
  workflow: F,
  asks: NonNullable<OrchestrationDescription['asks']>,
): F {
  return withDescription(workflow, { ...describeOrchestration(workflow), asks });
}

/** The description of an exported workflow, or undefined when it is not an orchestration. */
export function describeOrchestration(value: unknown): OrchestrationDescription | undefined {
  return typeof value === 'function' ? (value as { [KEY]?: OrchestrationDescription })[KEY] : undefined;
}
