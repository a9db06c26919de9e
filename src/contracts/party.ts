/** Whoever can have a task: an agent or a person. */
import type { AgentDefinition } from './agent.js';
import type { HumanDefinition } from './human.js';

export type Party<Name extends string = string, In = unknown, Out = unknown> =
  AgentDefinition<Name, In, Out> | HumanDefinition<Name, In, Out>;

/** Any of them, whatever they take and give. */
export type AnyParty = Party<string, never, unknown>;
