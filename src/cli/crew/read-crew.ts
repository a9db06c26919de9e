/** Reads CrewAI's two files as a Baton crew. It guesses nothing, and reports every key without effect by its name. */
import { describeNearest } from '../../contracts/data/nearest.js';
import { defined } from '../../contracts/data/defined.js';
import { posix } from 'node:path';
import { findPlaceholders } from '../../contracts/crew/placeholders.js';
import type { CrewAgentSpec, CrewSpec, CrewTaskSpec } from '../../contracts/crew/spec.js';
import { createUsageError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import type { Json } from '../../contracts/data/json.js';
import { assertAssigned, assertEachHasAgent, type Assigned } from './assigned.js';
import type { CrewFiles } from './find-files.js';
import { Fields, type Warn } from './fields.js';
import { AGENT_KEYS, TASK_KEYS } from './keys.js';
import { sortTasks, type ReadTask } from './order.js';
import { createPartNames, findPartName, type PartNames } from './part-names.js';
import type { YamlEntry, YamlFile } from './yaml-file.js';

/** Choices that the files do not make. */
export interface CrewChoices {
  readonly process: 'sequential' | 'hierarchical';
  readonly manager?: string;
  /** The agents of tasks; these override the file. */
  readonly assigned?: Assigned;
  /** The names of configured models. */
  readonly models: readonly string[];
  /** The names of available tools; undefined when they are unknown. */
  readonly tools: readonly string[];
}

/** A text with placeholders, and the position of each. */
export interface Open {
  readonly name: string;
  readonly at: string;
}

export interface ReadCrew {
  readonly spec: CrewSpec;
  readonly warnings: readonly string[];
  readonly open: readonly Open[];
}

/** @throws {BatonError} `BAD_INPUT` with file and line. */
export function readCrew({ name, agents, tasks, code }: CrewFiles, said: CrewChoices): ReadCrew {
  const warnings: string[] = [];
  const open: Open[] = [];
  const warn = (text: string): unknown => warnings.push(text);
  const agentParts = listParts(agents, 'agents', { field: 'role', warn });
  const taskParts = listParts(tasks, 'tasks', { field: 'description', warn });
  const names = {
    agents: createPartNames(agents, agentParts, { what: 'agent', warn }),
    tasks: createPartNames(tasks, taskParts, { what: 'task', warn }),
  };
  const choices = withNames(said, names);
  const reading = { warn, open, choices, names };
  const readAgents = agentParts.map((entry) => readAgent(agents, entry, reading));
  const readTasks = taskParts.map((entry) => readTask(tasks, entry, { ...reading, agents: readAgents }));
  assertManager(agents, choices, readAgents);
  const agentNames = readAgents.map((each) => each.name);
  assertAssigned(
    choices.assigned ?? {},
    readTasks.map((each) => each.spec.name),
    agentNames,
  );
  if (choices.process === 'sequential') assertEachHasAgent(tasks, readTasks, { agents: agentNames, code });
  if (code && code.says.length > 0) {
    warnings.push(
      `${code.name} says ${code.says.join(', ')} in code, which is not read. Say it in the files, or write the crew in TypeScript.`,
    );
  }
  const spec: CrewSpec = {
    name,
    process: choices.process,
    ...defined({ manager: choices.manager }),
    agents: withTaskTools(readAgents, readTasks),
    tasks: sortTasks(tasks, readTasks).map(({ spec: task }) => task),
  };
  return { spec, warnings, open };
}

interface Reading {
  readonly warn: Warn;
  readonly open: Open[];
  readonly choices: CrewChoices;
  readonly names: { readonly agents: PartNames; readonly tasks: PartNames };
}

/** On the command line, a part goes by its key or by its name. */
function withNames(choices: CrewChoices, { agents, tasks }: Reading['names']): CrewChoices {
  const { manager, assigned } = choices;
  const pairs = Object.entries(assigned ?? {}).map(([task, agent]) => [
    findPartName(tasks, task),
    findPartName(agents, agent),
  ]);
  return {
    ...choices,
    ...(manager === undefined ? {} : { manager: findPartName(agents, manager) }),
    assigned: Object.fromEntries(pairs) as Assigned,
  };
}

/**
 * A block that only serves as a template for others (`defaults: &defaults`) is skipped: it lacks the required
 * fields.
 */
function listParts(
  file: YamlFile,
  what: string,
  { field, warn }: { readonly field: string; readonly warn: Warn },
): YamlEntry[] {
  const entries = file.root.entries();
  const parts = entries.filter(({ key, line, value }) => {
    const isPart = !value.hasAnchor() || value.entries().some((each) => each.key === field);
    if (!isPart)
      warn(`${file.at(line)}: ${key} has no ${field}, and is left out: only what is made from it counts.`);
    return isPart;
  });
  if (parts.length > 0) return parts;
  const why = file.root.isList() ? 'it is a list, and must be a mapping' : `it has no ${what}`;
  throw file.wrong(1, `${why}: each of its ${what} is a key with a mapping below it`);
}

function readAgent(file: YamlFile, entry: YamlEntry, { warn, open, choices, names }: Reading): CrewAgentSpec {
  const name = findPartName(names.agents, entry.key);
  const fields = new Fields(file, entry, { what: `agent ${name}`, keys: AGENT_KEYS, warn });
  const iterations = fields.whole('max_iter');
  const model = readModel(fields, choices, warn);
  const allowed = fields.flag('allow_delegation');
  const text = (key: string): string => addNote(open, fields, key, fields.text(key));
  return {
    name,
    role: text('role'),
    goal: text('goal'),
    backstory: text('backstory'),
    tools: readTools(fields, choices),
    ...defined({ allowDelegation: allowed, maxIterations: iterations, model }),
  };
}

function readTask(
  file: YamlFile,
  entry: YamlEntry,
  { warn, open, choices, names, agents }: Reading & { readonly agents: readonly CrewAgentSpec[] },
): ReadTask {
  const name = findPartName(names.tasks, entry.key);
  const fields = new Fields(file, entry, { what: `task ${name}`, keys: TASK_KEYS, warn });
  const noted = (key: string, given: string): string => addNote(open, fields, key, given);
  const agent = findAgent(name, fields, agents, { choices, names });
  const context = fields
    .list('context')
    ?.map(({ text, line }) => ({ text: findPartName(names.tasks, text), line }));
  const runsBeside = fields.flag('async_execution');
  const reviewed = fields.flag('human_input');
  const outputFile = readOutputFile(fields, name);
  const guardrails = [...(fields.list('guardrail') ?? []), ...(fields.list('guardrails') ?? [])];
  const retries = fields.whole('guardrail_max_retries') ?? fields.whole('max_retries');
  const spec: CrewTaskSpec = {
    name,
    description: noted('description', fields.text('description')),
    expectedOutput: noted('expected_output', fields.textOrEmpty('expected_output', warn)),
    ...defined({ agent }),
    ...(context === undefined ? {} : { context: context.map(({ text }) => text) }),
    ...defined({ async: runsBeside, humanReview: reviewed }),
    ...(outputFile === undefined ? {} : { outputFile: noted('output_file', outputFile) }),
    ...(guardrails.length === 0 ? {} : { guardrail: guardrails.map(({ text }) => text) }),
    ...defined({ guardrailRetries: retries }),
  };
  const lines = new Map((context ?? []).map(({ text, line }) => [text, line] as const));
  return { spec, line: entry.line, lines, tools: readTools(fields, choices) };
}

/** Checked before any model call; the tool that writes the file applies the same rule. */
function readOutputFile(fields: Fields, task: string): string | undefined {
  const path = fields.optionalText('output_file');
  if (path === undefined) return undefined;
  const plain = posix.normalize(path);
  if (!posix.isAbsolute(plain) && !/^\.{1,2}(\/|$)/.test(plain) && !plain.includes('\\')) return path;
  const below = posix.basename(plain).replace(/^\.+$/, 'report.md');
  throw fields.wrong(
    'output_file',
    `output_file of task ${task} is ${JSON.stringify(path)}, which is not below the folder for outputs: name it from there, as ${JSON.stringify(below)}`,
  );
}

function addNote(open: Open[], fields: Fields, key: string, text: string): string {
  for (const name of findPlaceholders(text)) open.push({ name, at: fields.at(key, `{${name}}`) });
  return text;
}

function findAgent(
  task: string,
  fields: Fields,
  agents: readonly CrewAgentSpec[],
  { choices: { assigned = {} }, names }: Pick<Reading, 'choices' | 'names'>,
): string | undefined {
  const said = fields.optionalText('agent');
  if (Object.hasOwn(assigned, task)) return assigned[task];
  const agent = said === undefined ? undefined : findPartName(names.agents, said);
  if (agent === undefined || agents.some(({ name }) => name === agent)) return agent;
  const known = agents.map(({ name }) => name).join(', ');
  throw fields.wrong(
    'agent',
    `task ${task} is for ${clip(agent, 80)}, and agents.yaml has no such agent. It has: ${known}`,
  );
}

/** A task's tools go to its agent, because tools are permitted to agents, not to tasks. */
function withTaskTools(agents: readonly CrewAgentSpec[], tasks: readonly ReadTask[]): CrewAgentSpec[] {
  return agents.map((agent) => {
    const own = tasks.filter(({ spec }) => spec.agent === agent.name).flatMap(({ tools }) => [...tools]);
    return { ...agent, tools: [...new Set([...agent.tools, ...own])] };
  });
}

function readTools(fields: Fields, { tools }: CrewChoices): string[] {
  return (fields.list('tools') ?? []).map(({ text, line }) => {
    const name = text.replace(/\(\s*\)$/, '');
    if (tools.includes(name)) return name;
    const has = tools.length === 0 ? 'it has no tools' : `it has: ${tools.join(', ')}`;
    throw fields.wrongAt(
      line,
      `the tool ${clip(name as Json, 80)} stands for nothing: map it in the module that "crewTools" of the configuration names, export const crewTools = { ${name}: yourTool }; ${has}`,
    );
  });
}

/** The name of a configured model. A provider's model name is mapped in the configuration. */
function readModel(fields: Fields, { models }: CrewChoices, warn: Warn): string | undefined {
  const wanted = fields.optionalText('llm');
  if (wanted === undefined || models.includes(wanted)) return wanted;
  warn(
    `${fields.at('llm')}: llm: ${clip(wanted, 60)} has no effect: the default model is asked. Name a model so under "models" of the configuration (has: ${models.join(', ')}).`,
  );
  return undefined;
}

function assertManager(
  file: YamlFile,
  { process, manager }: CrewChoices,
  agents: readonly CrewAgentSpec[],
): void {
  if (manager === undefined) return;
  if (process === 'sequential')
    throw createUsageError('A manager gives tasks in a hierarchical crew only: add --process hierarchical.');
  const names = agents.map(({ name }) => name);
  if (names.includes(manager)) return;
  throw file.wrong(
    1,
    `there is no agent ${manager} to manage the crew.${describeNearest(manager, names)} It has: ${names.join(', ')}`,
  );
}
