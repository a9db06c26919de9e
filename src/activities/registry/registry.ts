/** The registry of a worker: the definitions by name, the implementations of tools, the models, the store. */
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import type { Definition } from '../../contracts/definitions/definition.js';
import { defined } from '../../contracts/data/defined.js';
import { assertDuration, toMilliseconds, type Duration } from '../../contracts/data/duration.js';
import { BatonError, createConfigError, createNoModelError } from '../../contracts/errors.js';
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
  /** The folder that crews' outputs are written to. Without it, none is written. */
  readonly outputs?: string | undefined;
  /** The purpose of this worker; default: it serves everything. */
  readonly serves?: Serves;
  /** Serves even when models are only offline substitutes because no provider is configured. */
  readonly allowsFallback?: boolean | undefined;
}

/** The purpose of a worker. */
export interface Serves {
  /** Orchestrations, agents, and tools that need no permission. */
  readonly orchestrations: boolean;
  /** The permissions whose tools it carries out. */
  readonly permissions: 'all' | readonly string[];
}

/** Whether a worker with this purpose carries out the tool. */
export function isServed({ permission }: ToolDefinition, serves: Serves): boolean {
  if (permission === undefined) return serves.orchestrations;
  return serves.permissions === 'all' || serves.permissions.includes(permission);
}

/**
 * Registers everything a worker serves under its name.
 *
 * @throws {BatonError} `BAD_CONFIG` when two definitions share a name, or an agent names a model that is not configured.
 * Also when an agent's tool has no implementation, or a tool of the shared memory has one.
 */
export function createRegistry(source: RegistrySource): Registry {
  const agents = new Map<string, AgentDefinition>();
  const tools = new Map<string, ToolDefinition>();
  const contracts = new Map<string, ContractDefinition>();
  const memories = new Map<string, MemoryDefinition>();
  const builtIns = new Map<string, BuiltInTool>();
  const files: string[] = [];
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
    assertOfUser(implementation, builtIns);
    put(implementations, 'implementations of tools', implementation.tool.name, implementation);
    if (!tools.has(implementation.tool.name)) tools.set(implementation.tool.name, implementation.tool);
  }
  const models = new Map(Object.entries(source.models));
  const { store, receipts = store, prices, inboxUrl } = source;
  const { approvals = UNAUTHENTICATED, serves = EVERYTHING } = source;
  const there = new Set([...implementations.keys(), ...builtIns.keys()]);
  for (const agent of agents.values()) assertImplemented(agent, there, serves);
  if (serves.orchestrations) for (const agent of agents.values()) assertModel(agent, models, source);
  return {
    agents,
    tools,
    contracts,
    implementations,
    builtIns,
    models,
    store,
    receipts,
    retryForMs: readRetryWindow(source),
    hasFallback: (agent, team) => isCovered(agents.get(agent), source.teams ?? [], team),
    approvals,
    notifiers: nameNotifiers(source),
    ...defined({ prices, inboxUrl }),
  };
}

function nameNotifiers({ notifiers = [] }: RegistrySource): ReadonlyMap<string, Notifier> {
  const named = new Map<string, Notifier>();
  for (const notifier of notifiers) put(named, 'notifiers', notifier.name, notifier);
  return named;
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
    `This worker has no agent ${name}. It has: ${[...agents.keys()].join(', ')}. Define agents at the top of a module, not inside an orchestration.`,
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

function put<T>(map: Map<string, T>, what: string, name: string, value: T): void {
  const other = map.get(name);
  if (other !== undefined && other !== value) {
    throw createConfigError(`Two ${what} are named ${name}. A worker finds them by name: rename one.`, {
      name,
    });
  }
  map.set(name, value);
}

function assertOfUser({ tool }: ToolImplementation, builtIns: ReadonlyMap<string, BuiltInTool>): void {
  if (!builtIns.has(tool.name)) return;
  throw createConfigError(
    `The configuration implements ${tool.name}, which is a tool of the shared memory or of crews: Baton implements it.`,
    { tool: tool.name },
  );
}

/** The default purpose of a worker. */
export const EVERYTHING: Serves = { orchestrations: true, permissions: 'all' };

function assertImplemented(agent: AgentDefinition, there: ReadonlySet<string>, serves: Serves): void {
  const missing = agent.tools.find((tool) => isServed(tool, serves) && !there.has(tool.name));
  if (!missing) return;
  const elsewhere =
    missing.permission === undefined
      ? ''
      : ` Or run a separate worker for it: \`baton worker --permission ${missing.permission}\` there, --without-permissions here.`;
  throw createConfigError(
    `Agent ${agent.name} uses the tool ${missing.name}, which has no implementation. Add implement(${missing.name}, …) to "tools" of the configuration.${elsewhere}`,
    { agent: agent.name, tool: missing.name },
  );
}

function assertModel(
  agent: AgentDefinition,
  models: ReadonlyMap<string, Model>,
  { allowsFallback = false }: Pick<RegistrySource, 'allowsFallback'>,
): void {
  const model = models.get(agent.model);
  if (model && (allowsFallback || !model.isFallback)) return;
  if (model)
    throw createNoModelError(
      `No provider is configured for agent ${agent.name}: algorithms would answer instead of a model. Set OPENAI_API_KEY (or OPENAI_BASE_URL) and BATON_MODEL. If offline models are what you want, set BATON_OFFLINE=1 or configure offlineModel().`,
      { agent: agent.name, model: agent.model },
    );
  throw createNoModelError(
    `Agent ${agent.name} names the model "${agent.model}"; the configuration has: ${[...models.keys()].join(', ')}.`,
    { agent: agent.name, model: agent.model },
  );
}

/** How long Baton waits for an agent's model: shorter when another agent can take over. */
export function findWindow(
  { retryForMs, hasFallback: has }: Pick<Registry, 'hasFallback' | 'retryForMs'>,
  { agent, team }: { readonly agent: string; readonly team?: string | undefined },
): { readonly retryForMs: number; readonly fallback: boolean } {
  return { retryForMs, fallback: has(agent, team) };
}
