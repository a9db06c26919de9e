/** The participants that can receive a task. */
import type { AgentDefinition } from './agent.js';
import type { HumanDefinition } from './human.js';

/** An agent or a person that can receive a task. */
export type Participant<Name extends string = string, In = unknown, Out = unknown> =
  AgentDefinition<Name, In, Out> | HumanDefinition<Name, In, Out>;

/** A participant with any input and output. */
export type AnyParticipant = Participant<string, never, unknown>;
