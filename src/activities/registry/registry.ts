/** The registry of a worker: the definitions by name, the implementations of tools, the models, the store. */
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import type { Definition } from '../../contracts/definitions/definition.js';
import { defined } from '../../contracts/data/defined.js';
import { describeNearest } from '../../contracts/data/nearest.js';
import { Problems } from '../../contracts/data/problems.js';
import { assertDuration, toMilliseconds, type Duration } from '../../contracts/data/duration.js';
import { BatonError, createNoModelError } from '../../contracts/errors.js';
import type { MemoryDefinition } from '../../contracts/definitions/memory.js';
import type { PriceTable } from '../../contracts/definitions/price.js';
import { hasFallback } from '../../contracts/definitions/recovery.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import type { Model } from '../../models/model/model.js';
import type { Notifier } from '../../notices/notifier.js';
import type { Store } from '../../store/store.js';
import { UNAUTHENTICATED, type Approvals } from '../approvals/approvals.js';
import type { ToolImplementation } from '../tools/implement.js';
import { createMemoryTools, type BuiltInTool } from '../tools/memory-tools.js';
import { assertFree, assertImplemented, assertModel, assertOfUser, nameNotifiers } from './checks.js';
import { EVERYTHING, type Serves } from './serves.js';
import { createOutputFilesTool } from '../tools/output-files.js';

export interface Registry {
  readonly agents: ReadonlyMap<string, AgentDefinition>;
  readonly tools: ReadonlyMap<string, ToolDefinition>;
  readonly contracts: ReadonlyMap<string, ContractDefinition>;
  readonly implementations: ReadonlyMap<string, ToolImplementation>;
  /** The tools that a worker implements itself: those of the shared memory, and the one that writes crews' outputs. */
  readonly builtIns: ReadonlyMap<string, BuiltInTool>;
  readonly models: ReadonlyMap<string, Model>;
  readonly prices?: PriceTable;
  readonly store: Store;
  /** Where the intents and receipts of irreversible actions are stored: the store, or one that only this worker writes. */
  readonly receipts: Store;
  /** How long a step with a transient failure is retried, in milliseconds. */
  readonly retryForMs: number;
  /** Whether another agent takes over when this agent of that team fails. */
  hasFallback(agent: string, team: string | undefined): boolean;
  readonly approvals: Approvals;
  /** The notifiers that announce requests to people. */
  readonly notifiers: ReadonlyMap<string, Notifier>;
  /** Whether the store keeps what each model was sent. */
  readonly keepPrompts: boolean;
  /** Where the inbox page is, for links. */
  readonly inboxUrl?: string;
}

export interface RegistrySource {
  readonly definitions: readonly Definition[];
  readonly implementations: readonly ToolImplementation[];
  readonly models: Readonly<Record<string, Model>>;
  readonly prices?: PriceTable | undefined;
  readonly store: Store;
  /** The store for receipts; defaults to the store. */
  readonly receipts?: Store | undefined;
  /** Default: six hours. */
  readonly retryFor?: Duration | undefined;
  /** Teams whose recovery applies. */
  readonly teams?: readonly TeamDefinition[] | undefined;
  /** Without it, no decision is verified. */
  readonly approvals?: Approvals;
  readonly notifiers?: readonly Notifier[] | undefined;
  readonly inboxUrl?: string | undefined;
  /** Default: true. */
  readonly keepPrompts?: boolean | undefined;
  /** The folder that crews' outputs are written to. Without it, none is written. */
  readonly outputs?: string | undefined;
  /** The purpose of this worker; default: it serves everything. */
  readonly serves?: Serves;
  /** Serves even when models are only offline substitutes because no provider is configured. */
  readonly allowsFallback?: boolean | undefined;
}

/**
 * Registers everything a worker serves under its name.
 *
 * @throws {BatonError} `BAD_CONFIG` when two definitions share a name, or an agent names a model that is not configured.
 * Also when an agent's tool has no implementation, or a tool of the shared memory has one. Several problems are one error
 * that lists all of them.
 */
export function createRegistry(source: RegistrySource): Registry {
  const problems = new Problems();
  const named = nameDefinitions(source, problems);
  const { agents, implementations, builtIns } = named;
  const models = new Map(Object.entries(source.models));
  const { store, receipts = store, prices, inboxUrl } = source;
  const { approvals = UNAUTHENTICATED, serves = EVERYTHING } = source;
  const there = new Set([...implementations.keys(), ...builtIns.keys()]);
  for (const agent of agents.values()) {
    for (const tool of agent.tools) problems.collect(() => assertImplemented(agent, tool, { there, serves }));
    if (serves.orchestrations) problems.collect(() => assertModel(agent, models, source));
  }
  const { retryForMs, notifiers } = problems.readAll({
    retryForMs: () => readRetryWindow(source),
    notifiers: () => nameNotifiers(source.notifiers),
  });
  return {
    ...named,
    models,
    store,
    receipts,
    retryForMs,
    hasFallback: (agent, team) => isCovered(agents.get(agent), source.teams ?? [], team),
    approvals,
    keepPrompts: source.keepPrompts ?? true,
    notifiers,
    ...defined({ prices, inboxUrl }),
  };
}

type Named = Pick<Registry, 'agents' | 'tools' | 'contracts' | 'implementations' | 'builtIns'>;

function nameDefinitions(source: RegistrySource, problems: Problems): Named {
  const agents = new Map<string, AgentDefinition>();
  const tools = new Map<string, ToolDefinition>();
  const contracts = new Map<string, ContractDefinition>();
  const memories = new Map<string, MemoryDefinition>();
  const builtIns = new Map<string, BuiltInTool>();
  const files: string[] = [];
  const put = <T>(map: Map<string, T>, what: string, name: string, value: T): void => {
    problems.collect(() => assertFree(map, what, name, value));
    map.set(name, value);
  };
  for (const definition of source.definitions) {
    if (definition.kind === 'agent') put(agents, 'agents', definition.name, definition);
    else if (definition.kind === 'tool') put(tools, 'tools', definition.name, definition);
    else if (definition.kind === 'contract')
      put(contracts, 'contracts', toContractId(definition), definition);
    else if (definition.kind === 'crew-task')
      files.push(...(definition.outputFile ? [definition.outputFile] : []));
    else put(memories, 'memories', definition.name, definition);
  }
  const { outputs } = source;
  const ofFiles = outputs === undefined ? [] : [createOutputFilesTool({ folder: outputs, files })];
  for (const builtIn of [...[...memories.values()].flatMap(createMemoryTools), ...ofFiles]) {
    put(tools, 'tools', builtIn.tool.name, builtIn.tool);
    builtIns.set(builtIn.tool.name, builtIn);
  }
  const implementations = new Map<string, ToolImplementation>();
  for (const implementation of source.implementations) {
    problems.collect(() => assertOfUser(implementation, builtIns));
    put(implementations, 'implementations of tools', implementation.tool.name, implementation);
    if (!tools.has(implementation.tool.name)) tools.set(implementation.tool.name, implementation.tool);
  }
  return { agents, tools, contracts, implementations, builtIns };
}

function isCovered(
  agent: AgentDefinition | undefined,
  teams: readonly TeamDefinition[],
  named: string | undefined,
): boolean {
  const team = teams.find(({ name }) => name === named);
  return agent !== undefined && hasFallback(team?.recovery, agent);
}

/** @throws {BatonError} `BAD_DEFINITION`. */
function readRetryWindow({ retryFor = '6 hours' }: RegistrySource): number {
  assertDuration(retryFor, 'retryFor');
  return toMilliseconds(retryFor) ?? 0;
}

/** @throws {BatonError} `UNKNOWN_AGENT`. */
export function getAgent({ agents }: Registry, name: string): AgentDefinition {
  const agent = agents.get(name);
  if (agent) return agent;
  throw new BatonError(
    'UNKNOWN_AGENT',
    `This worker has no agent ${name}. It has: ${[...agents.keys()].join(', ')}.${describeNearest(name, [...agents.keys()])} Define agents at the top of a module, not inside an orchestration.`,
    { agent: name },
  );
}

/** @throws {BatonError} `UNKNOWN_AGENT`, or `MODEL_NOT_CONFIGURED`. */
export function getModel(registry: Registry, agentName: string): Model {
  const agent = getAgent(registry, agentName);
  const model = registry.models.get(agent.model);
  if (model) return model;
  throw createNoModelError(
    `Agent ${agent.name} names the model "${agent.model}", which the configuration lacks.`,
    { agent: agent.name },
  );
}

/** How long Baton waits for an agent's model: shorter when another agent can take over. */
export function findWindow(
  { retryForMs, hasFallback: has }: Pick<Registry, 'hasFallback' | 'retryForMs'>,
  { agent, team }: { readonly agent: string; readonly team?: string | undefined },
): { readonly retryForMs: number; readonly fallback: boolean } {
  return { retryForMs, fallback: has(agent, team) };
}
