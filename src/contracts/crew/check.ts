/** Checks a crew at its definition, and its input at kickoff. */
import type { AgentDefinition } from '../definitions/agent.js';
import { createDefinitionError, type BatonError, createInputError } from '../errors.js';
import { type Json, isJsonObject } from '../data/json.js';
import { assertName, findRepeated } from '../data/names.js';
import type { AnyParticipant } from '../definitions/participant.js';
import { clip } from '../data/preview.js';
import type { TeamDefinition } from '../definitions/team.js';
import { findPlaceholders } from './placeholders.js';
import type { CrewTask } from './task.js';

/** The parts of a crew. */
export interface CrewParts {
  readonly name: string;
  readonly agents: readonly AnyParticipant[];
  readonly tasks: readonly CrewTask[];
  readonly process: 'sequential' | 'hierarchical';
  readonly manager?: AgentDefinition<string, never, unknown> | undefined;
  /** Judges the guardrails that are written as text. */
  readonly judge?: AgentDefinition<string, never, unknown> | undefined;
}

/** @throws {BatonError} `BAD_DEFINITION`, naming the crew, the task or agent, and what to do. */
export function assertCrew(crew: CrewParts): void {
  const { name, agents, tasks, manager } = crew;
  assertName('crew', name);
  if (agents.length === 0) throw createCrewError(name, 'it has no agents: name at least one');
  if (tasks.length === 0) throw createCrewError(name, 'it has no tasks: name at least one');
  assertDistinct(crew, 'agents');
  assertDistinct(crew, 'tasks');
  for (const party of agents) {
    if (party.input === undefined) continue;
    throw createCrewError(
      name,
      `${party.name} has an input schema, and the agents of a crew take what the crew gives them: leave it out`,
    );
  }
  if (manager !== undefined && agents.some((member) => member.name === manager.name))
    throw createCrewError(
      name,
      `its manager ${manager.name} is one of its agents: a manager assigns tasks and gets none`,
    );
  if (manager !== undefined && crew.process === 'sequential')
    throw createCrewError(
      name,
      `it has a manager, and its process is sequential: say process: 'hierarchical'`,
    );
  tasks.forEach((task, index) => {
    assertAgent(crew, task);
    assertContext(crew, task, index);
  });
}

/** @throws {BatonError} `BAD_DEFINITION` for anyone in the crew who is not on its team. */
export function assertOnTeam(crew: CrewParts, team: TeamDefinition | undefined): void {
  if (team === undefined) return;
  const made = { manager: crew.manager, judge: crew.judge };
  const on = new Set(team.agents.map(({ name }) => name));
  const stranger = crew.agents.find(({ name }) => !on.has(name));
  if (stranger !== undefined)
    throw createCrewError(crew.name, `${stranger.name} is not on its team ${team.name}: put them on it`);
  for (const [option, party] of Object.entries(made)) {
    if (party === undefined || on.has(party.name)) continue;
    throw createCrewError(
      crew.name,
      `its ${option} ${party.name} is not on its team ${team.name}: give it as "${option}", and put it on the team`,
    );
  }
}

/** @throws {BatonError} `BAD_DEFINITION` if two agents, or two tasks, have the same name. */
export function assertDistinct(
  { name, ...crew }: { readonly name: string } & Named,
  what: keyof Named,
): void {
  const twice = findRepeated(crew[what].map((part) => part.name));
  if (twice !== undefined) throw createCrewError(name, `two of its ${what} are named ${twice}`);
}

type Named = Readonly<Record<'agents' | 'tasks', readonly { readonly name: string }[]>>;

function assertAgent({ name, agents, process }: CrewParts, { name: task, agent }: CrewTask): void {
  if (agent === undefined) {
    if (process === 'hierarchical') return;
    throw createCrewError(
      name,
      `${task} has no agent: name one of ${listNames(agents)}, or say process: 'hierarchical'`,
    );
  }
  if (agents.some((member) => member.name === agent.name)) return;
  throw createCrewError(
    name,
    `${task} is for ${agent.name}, who is not among its agents, which are ${listNames(agents)}`,
  );
}

function assertContext({ name, tasks }: CrewParts, task: CrewTask, index: number): void {
  const seen = new Set<string>();
  for (const { name: needed } of task.context ?? []) {
    const place = tasks.findIndex((other) => other.name === needed);
    if (needed === task.name) throw createCrewError(name, `${task.name} has itself as context`);
    if (place < 0)
      throw createCrewError(
        name,
        `${task.name} has ${needed} as context, which is not among its tasks: ${listNames(tasks)}`,
      );
    if (place > index)
      throw createCrewError(
        name,
        `${task.name} has ${needed} as context, which comes after it: put ${needed} first`,
      );
    if (seen.has(needed)) throw createCrewError(name, `${task.name} has ${needed} as context twice`);
    seen.add(needed);
  }
}

/** The placeholders in a crew's texts, each with the places that contain it, in words. */
export function listOpen({ agents, tasks, manager }: CrewParts): Map<string, string[]> {
  const open = new Map<string, string[]>();
  const look = (where: string, texts: Readonly<Record<string, string | undefined>>): void => {
    for (const [field, text = ''] of Object.entries(texts))
      for (const name of findPlaceholders(text))
        open.set(name, [...(open.get(name) ?? []), `${where} (${field})`]);
  };
  const agentsAndManager = [...agents, ...(manager === undefined ? [] : [manager])];
  for (const party of agentsAndManager) {
    if (party.kind === 'human') continue;
    look(`agent ${party.name}`, { role: party.role, goal: party.goal, backstory: party.instructions });
  }
  for (const { name, description, expectedOutput, outputFile } of tasks)
    look(`task ${name}`, { description, expectedOutput, outputFile });
  return open;
}

/**
 * The values of a crew's placeholders. Numbers and booleans become text; lists and objects become JSON.
 *
 * @throws {BatonError} `BAD_INPUT`, naming every placeholder without a value, and where it is.
 */
export function readValues(crew: CrewParts, input: unknown): Readonly<Record<string, string>> {
  const given = input === null || input === undefined ? {} : input;
  if (!isJsonObject(given))
    throw createUnfitError(
      crew,
      `is ${clip(given as Json, 60)}, and must be an object with a text for each placeholder`,
    );
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null)
      throw createUnfitError(crew, `has a ${name} that is null, and must have a text for it`);
    values[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  const missing = [...listOpen(crew)].filter(([name]) => !Object.hasOwn(values, name));
  if (missing.length === 0) return values;
  const lines = missing.map(([name, places]) => `{${name}} in ${places.join(', ')}`);
  const has = Object.keys(values).join(', ') || 'nothing';
  throw createUnfitError(crew, `leaves open ${lines.join('; ')}. It has ${has}`, {
    missing: missing.map(([name]) => name),
  });
}

function listNames(parts: readonly { readonly name: string }[]): string {
  return parts.map(({ name }) => name).join(', ');
}

export function createCrewError(crew: string, why: string): BatonError {
  return createDefinitionError(`crew ${crew}: ${why}.`, { crew });
}

function createUnfitError(
  { name }: CrewParts,
  why: string,
  facts: Readonly<Record<string, unknown>> = {},
): BatonError {
  return createInputError(`The input of crew ${name} ${why}.`, { crew: name, ...facts });
}
