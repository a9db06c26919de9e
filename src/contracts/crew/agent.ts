/** A crew agent: its role, goal and backstory, which can contain placeholders for the crew's input. */
import { defined } from '../data/defined.js';
import { agent, type AgentDefinition, type AgentSpecification } from '../definitions/agent.js';
import type { AnyParticipant } from '../definitions/participant.js';
import type { PlaceholdersIn } from './placeholders.js';

/** An agent as {@link crewAgent} defines it. It also works as a normal agent outside a crew. */
export interface CrewAgent<
  Name extends string = string,
  Placeholder extends string = string,
> extends AgentDefinition<Name, unknown, string> {
  readonly allowDelegation?: boolean;
  /** Types only: the placeholders in its texts. Nothing is stored here. */
  readonly open?: Placeholder;
}

type Kept = 'name' | 'tools' | 'permissions' | 'memory' | 'model' | 'runs' | 'recovery';

export interface CrewAgentSpecification<
  Name extends string,
  Role extends string,
  Goal extends string,
  Backstory extends string,
> extends Pick<AgentSpecification<Name, unknown, string>, Kept> {
  /** The agent's role, e.g. `{topic} Research Specialist`. */
  readonly role: Role;
  /** The agent's objective, in one sentence. */
  readonly goal: Goal;
  /** The agent's background and how it works. */
  readonly backstory: Backstory;
  /** Whether it may ask coworkers and delegate parts of its tasks to them; default false. */
  readonly allowDelegation?: boolean;
  /** The maximum number of model calls for one task; default 20. */
  readonly maxIterations?: number;
}

/**
 * Defines a crew agent. Each task fills the placeholders in its role, goal and backstory.
 *
 * @throws {BatonError} `BAD_DEFINITION` as {@link agent}.
 */
export function crewAgent<
  const Name extends string,
  const Role extends string,
  const Goal extends string,
  const Backstory extends string,
>(
  spec: CrewAgentSpecification<Name, Role, Goal, Backstory>,
): CrewAgent<Name, PlaceholdersIn<Role> | PlaceholdersIn<Goal> | PlaceholdersIn<Backstory>> {
  const { backstory, maxIterations, ...kept } = spec;
  // A worker and a team identify an agent by its object, so the crew's own properties pass through `agent`.
  return agent<Name, unknown, string>({
    ...kept,
    ...(backstory === '' ? {} : { instructions: backstory }),
    ...defined({ maxTurns: maxIterations }),
  });
}

/** Whether an agent may ask its coworkers and delegate parts of its tasks to them. */
export function canDelegate(party: AnyParticipant): boolean {
  return 'allowDelegation' in party && party.allowDelegation === true;
}
