/** Who can have a task. */
import type { AgentDefinition } from './agent.js';
import type { HumanDefinition } from './human.js';

/** An agent or a person, as far as a task can be given to them. */
export type Participant<Name extends string = string, In = unknown, Out = unknown> =
  AgentDefinition<Name, In, Out> | HumanDefinition<Name, In, Out>;

/** Any of them, whatever they take and give. */
export type AnyParticipant = Participant<string, never, unknown>;
