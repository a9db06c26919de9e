/** A crew from plain JSON: its names are resolved, and everything else is checked as in a crew in code. */
import { defined } from '../../../contracts/data/defined.js';
import { crewAgent, type CrewAgent } from '../../../contracts/crew/agent.js';
import type { CrewOutput } from '../../../contracts/crew/outcome.js';
import type { CrewAgentSpec, CrewSpec, CrewTaskSpec } from '../../../contracts/crew/spec.js';
import { crewTask, type CrewTask } from '../../../contracts/crew/task.js';
import { assertDistinct, createCrewError } from '../../../contracts/crew/check.js';
import type { ToolDefinition } from '../../../contracts/definitions/tool.js';
import type { Orchestration } from '../../orchestration/definition.js';
import { crew, type CrewValue } from './crew.js';

/** Tools by the names that a crew's spec uses. */
export type CrewTools = Readonly<Record<string, ToolDefinition>>;

/**
 * The crew of a spec. Call it at the top of a module, because it defines its agents.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown name, a context that is not an earlier task, and the problems of any
 * crew.
 */
export function crewFromSpec(
  spec: CrewSpec,
  tools: CrewTools = {},
): Orchestration<Readonly<Record<string, CrewValue>>, CrewOutput> {
  const { name, process, manager } = spec;
  assertDistinct(spec, 'agents');
  assertDistinct(spec, 'tasks');
  const agents = new Map(spec.agents.map((agent) => [agent.name, createAgent(name, agent, tools)]));
  const tasks = new Map<string, CrewTask>();
  for (const task of spec.tasks) tasks.set(task.name, createTask(spec, task, agents, tasks));
  const managing = manager === undefined ? undefined : findMember(name, 'its manager', manager, agents);
  return crew<readonly CrewAgent[], readonly CrewTask[]>({
    name,
    agents: [...agents.values()].filter((agent) => agent !== managing),
    tasks: [...tasks.values()],
    process,
    ...defined({ manager: managing }),
  });
}

function createAgent(
  crewName: string,
  { tools: wanted, ...agent }: CrewAgentSpec,
  tools: CrewTools,
): CrewAgent {
  const own = wanted.map((tool) => {
    const given = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
    if (given !== undefined) return given;
    const has = Object.keys(tools).join(', ') || 'none';
    throw createCrewError(
      crewName,
      `agent ${agent.name} has the tool ${tool}, which is not given; given are ${has}`,
    );
  });
  // An agent that lists a tool by name gets its permission, because a spec cannot declare permissions elsewhere.
  const permissions = [...new Set(own.flatMap(({ permission }) => permission ?? []))];
  return crewAgent({ ...agent, tools: own, permissions });
}

function createTask(
  spec: CrewSpec,
  { agent, context, guardrail, ...task }: CrewTaskSpec,
  agents: ReadonlyMap<string, CrewAgent>,
  earlier: ReadonlyMap<string, CrewTask>,
): CrewTask {
  const needed = context?.map((other) => {
    const found = earlier.get(other);
    if (found !== undefined) return found;
    const why = spec.tasks.some(({ name }) => name === other)
      ? 'which is not before it: tasks go on from earlier ones only'
      : `which is not among its tasks: ${spec.tasks.map(({ name }) => name).join(', ')}`;
    throw createCrewError(spec.name, `${task.name} has ${other} as context, ${why}`);
  });
  return crewTask({
    ...task,
    ...(agent === undefined ? {} : { agent: findMember(spec.name, task.name, agent, agents) }),
    ...defined({ context: needed, guardrails: guardrail }),
  });
}

function findMember(
  crewName: string,
  where: string,
  agent: string,
  agents: ReadonlyMap<string, CrewAgent>,
): CrewAgent {
  const found = agents.get(agent);
  if (found !== undefined) return found;
  throw createCrewError(
    crewName,
    `${where} is ${agent}, who is not among its agents, which are ${[...agents.keys()].join(', ')}`,
  );
}
