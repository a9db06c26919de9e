/** An agent of a crew: who it is in three texts, which may hold placeholders for what the crew is asked for. */
import { defined } from '../data/defined.js';
import { agent, type AgentDefinition, type AgentSpecification } from '../definitions/agent.js';
import type { AnyParticipant } from '../definitions/participant.js';
import type { PlaceholdersIn } from './placeholders.js';

/** An agent as {@link crewAgent} defines it. It is an agent like any other, also outside of a crew. */
export interface CrewAgent<
  Name extends string = string,
  Placeholder extends string = string,
> extends AgentDefinition<Name, unknown, string> {
  readonly allowDelegation?: boolean;
  /** Types only: what its texts leave open. Nothing is stored here. */
  readonly open?: Placeholder;
}

type Kept = 'name' | 'tools' | 'permissions' | 'memory' | 'model' | 'runs' | 'recovery';

export interface CrewAgentSpecification<
  Name extends string,
  Role extends string,
  Goal extends string,
  Backstory extends string,
> extends Pick<AgentSpecification<Name, unknown, string>, Kept> {
  /** Who it is, e.g. `{topic} Research Specialist`. */
  readonly role: Role;
  /** What it is to achieve, in a sentence. */
  readonly goal: Goal;
  /** Where it comes from and how it works. */
  readonly backstory: Backstory;
  /** Whether it may ask coworkers, and give them parts of its tasks; default false. */
  readonly allowDelegation?: boolean;
  /** How many model calls one task may take; default 20. */
  readonly maxIterations?: number;
}

/**
 * Defines an agent of a crew. Placeholders in its role, goal and backstory are filled in for each task.
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
  // One object, by which a worker and a team know it: so what is a crew's own goes through `agent`.
  return agent<Name, unknown, string>({
    ...kept,
    ...(backstory === '' ? {} : { instructions: backstory }),
    ...defined({ maxTurns: maxIterations }),
  });
}

/** Whether an agent may ask its coworkers, and give them parts of its tasks. */
export function canDelegate(party: AnyParticipant): boolean {
  return 'allowDelegation' in party && party.allowDelegation === true;
}
