/**
 * A crew: agents with roles, and tasks in an order, as in CrewAI. Each task is a delegation, and its output goes to the
 * tasks that have it as context. Built only on `delegate`, `approval` and `perform`.
 */
import { defined } from '../../../contracts/data/defined.js';
import { type AgentDefinition, agent } from '../../../contracts/definitions/agent.js';
import type { CrewAgent } from '../../../contracts/crew/agent.js';
import { assertCrew, assertOnTeam, listOpen, readValues } from '../../../contracts/crew/check.js';
import type { CrewOutput, FinalOf } from '../../../contracts/crew/outcome.js';
import type { CrewTask } from '../../../contracts/crew/task.js';
import { askDescription } from '../../../contracts/definitions/orchestration.js';
import type { JsonInput } from '../../../contracts/data/json.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';
import type { TeamDefinition } from '../../../contracts/definitions/team.js';
import type { Orchestration, OrchestrationOptions } from '../../orchestration/definition.js';
import { orchestration } from '../../orchestration/orchestration.js';
import { getRun } from '../../orchestration/verbs.js';
import { Tasks } from './tasks.js';

/** The options of a crew. */
export interface CrewOptions<
  Agents extends readonly AnyParticipant[],
  Tasks extends readonly CrewTask[],
> extends Pick<OrchestrationOptions<TeamDefinition | undefined, unknown, unknown>, 'maxSteps' | 'budget'> {
  readonly name: string;
  readonly agents: Agents;
  readonly tasks: Tasks;
  /**
   * `sequential` (the default): each task goes to its agent. `hierarchical`: a manager gives each task to one of the
   * agents, and accepts the result, sends it back, or gives it to another agent.
   */
  readonly process?: 'sequential' | 'hierarchical';
  /** The manager of a hierarchical crew; default: one that Baton creates. */
  readonly manager?: AgentDefinition<string, never, unknown>;
  /** The agent that checks guardrails in words; default: one that Baton creates. */
  readonly judge?: AgentDefinition<string, never, unknown>;
  /** The model name for agents that Baton creates; default `default`. */
  readonly model?: string;
  /** The team whose policies and recovery apply. Everyone in the crew must be on it, including the manager and the judge. */
  readonly team?: TeamDefinition;
}

/** The value of a placeholder: a text; numbers and booleans as their text, lists and objects as JSON. */
export type CrewValue = NonNullable<JsonInput>;

/** The inputs of a crew: a value for each open placeholder in its texts. */
export type CrewInputs<
  Agents extends readonly AnyParticipant[],
  Tasks extends readonly CrewTask[],
> = Readonly<Record<OpenInAgent<Agents[number]> | OpenInTask<Tasks[number]>, CrewValue>>;

type OpenInAgent<A> = A extends CrewAgent<string, infer Open> ? (string extends Open ? never : Open) : never;
type OpenInTask<T> =
  T extends CrewTask<string, infer _Out, infer Open> ? (string extends Open ? never : Open) : never;

/**
 * An orchestration that runs a crew's tasks. Survives every restart: a completed task is not repeated.
 *
 * @throws {BatonError} `BAD_DEFINITION` when the crew cannot run; in a run the errors of its tasks. `BAD_INPUT` for a
 * placeholder without a value. `OUTPUT_INVALID` for a task whose output the guardrails never accept. `REJECTED` for a task
 * that a person sends back too often.
 */
export function crew<const Agents extends readonly AnyParticipant[], const List extends readonly CrewTask[]>(
  options: CrewOptions<Agents, List>,
): Orchestration<CrewInputs<Agents, List>, CrewOutput<FinalOf<List>>> {
  const { name, agents, tasks, process = 'sequential', team, maxSteps, budget, model = 'default' } = options;
  const parts = { name, agents, tasks, process };
  assertCrew({ ...parts, manager: options.manager });
  const manager = process === 'hierarchical' ? (options.manager ?? createManager(name, model)) : undefined;
  const judged = tasks.some(({ guardrails }) => guardrails.some((each) => typeof each === 'string'));
  const judge = judged ? (options.judge ?? createJudge(name, model)) : undefined;
  const whole = { ...parts, manager, judge };
  assertOnTeam(whole, team);
  const workflow = orchestration<
    TeamDefinition | undefined,
    CrewInputs<Agents, List>,
    CrewOutput<FinalOf<List>>
  >(
    {
      name,
      team,
      ...defined({ maxSteps, budget }),
    },
    async (input, verbs) => {
      const values = readValues(whole, input);
      return (await new Tasks(getRun(verbs), whole, values).toTheEnd()) as CrewOutput<FinalOf<List>>;
    },
  );
  return askDescription(
    workflow,
    Object.fromEntries([...listOpen(whole).keys()].map((name) => [name, null])),
  );
}

/** In CrewAI's words. */
function createManager(crew: string, model: string): AgentDefinition {
  return agent<string, unknown, unknown>({
    name: `${crew}_manager`,
    role: 'the manager of a crew',
    goal: 'Manage the crew so that each task is done in the best way possible.',
    instructions:
      'You are a seasoned manager with a knack for getting the best out of your team. You delegate work to the right people, ' +
      'and validate what they give before it is used. You do no task yourself.',
    model,
  });
}

function createJudge(crew: string, model: string): AgentDefinition {
  return agent<string, unknown, unknown>({
    name: `${crew}_guardrail`,
    role: 'a strict reviewer',
    goal: 'Say whether an output meets a condition, and what is missing where it does not.',
    model,
  });
}
