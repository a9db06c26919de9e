/** What a worker knows: the definitions by name, the implementations of tools, the models, the store. */
import type { AgentDefinition } from '../contracts/agent.js';
import { contractId, type ContractDefinition } from '../contracts/contract.js';
import type { Definition } from '../contracts/definition.js';
import { BatonError } from '../contracts/errors.js';
import type { ToolDefinition } from '../contracts/tool.js';
import type { Model } from '../models/model.js';
import type { Store } from '../store/store.js';
import type { ToolImplementation } from './implement.js';

export interface Registry {
  readonly agents: ReadonlyMap<string, AgentDefinition>;
  readonly tools: ReadonlyMap<string, ToolDefinition>;
  readonly contracts: ReadonlyMap<string, ContractDefinition>;
  readonly implementations: ReadonlyMap<string, ToolImplementation>;
  readonly models: ReadonlyMap<string, Model>;
  readonly store: Store;
}

export interface RegistrySource {
  readonly definitions: readonly Definition[];
  readonly implementations: readonly ToolImplementation[];
  readonly models: Readonly<Record<string, Model>>;
  readonly store: Store;
}

/**
 * Brings everything a worker serves under its names.
 *
 * @throws {BatonError} `BAD_CONFIG` when two definitions share a name, an agent's tool has no implementation, or an
 * agent names a model that is not configured.
 */
export function createRegistry(source: RegistrySource): Registry {
  const agents = new Map<string, AgentDefinition>();
  const tools = new Map<string, ToolDefinition>();
  const contracts = new Map<string, ContractDefinition>();
  for (const definition of source.definitions) {
    if (definition.kind === 'agent') put(agents, 'agents', definition.name, definition);
    else if (definition.kind === 'tool') put(tools, 'tools', definition.name, definition);
    else put(contracts, 'contracts', contractId(definition), definition);
  }
  const implementations = new Map<string, ToolImplementation>();
  for (const implementation of source.implementations) {
    put(implementations, 'implementations of tools', implementation.tool.name, implementation);
    if (!tools.has(implementation.tool.name)) tools.set(implementation.tool.name, implementation.tool);
  }
  const models = new Map(Object.entries(source.models));
  for (const agent of agents.values()) assertServed(agent, implementations, models);
  return { agents, tools, contracts, implementations, models, store: source.store };
}

function put<T>(map: Map<string, T>, what: string, name: string, value: T): void {
  const other = map.get(name);
  if (other !== undefined && other !== value) {
    throw new BatonError(
      'BAD_CONFIG',
      `Two ${what} are named ${name}. A worker finds them by name: rename one.`,
      { name },
    );
  }
  map.set(name, value);
}

function assertServed(
  agent: AgentDefinition,
  implementations: ReadonlyMap<string, ToolImplementation>,
  models: ReadonlyMap<string, Model>,
): void {
  const missing = agent.tools.find((tool) => !implementations.has(tool.name));
  if (missing) {
    throw new BatonError(
      'BAD_CONFIG',
      `Agent ${agent.name} uses the tool ${missing.name}, which has no implementation. Add implement(${missing.name}, …) to "tools" of the configuration.`,
      { agent: agent.name, tool: missing.name },
    );
  }
  if (!models.has(agent.model)) {
    throw new BatonError(
      'MODEL_NOT_CONFIGURED',
      `Agent ${agent.name} names the model "${agent.model}"; the configuration has: ${[...models.keys()].join(', ')}.`,
      { agent: agent.name, model: agent.model },
    );
  }
}
