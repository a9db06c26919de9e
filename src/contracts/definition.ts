/** What a worker serves by name, and how it collects what a file defines. */
import type { AgentDefinition } from './agent.js';
import { whileListening } from './collector.js';
import type { ContractDefinition } from './contract.js';
import type { MemoryDefinition } from './memory.js';
import type { ToolDefinition } from './tool.js';

export type Definition = AgentDefinition | ToolDefinition | ContractDefinition | MemoryDefinition;

/** Collects all that the builders make while `load` runs; not reentrant. */
export async function collectDefinitions<T>(
  load: () => Promise<T>,
): Promise<{ result: T; definitions: Definition[] }> {
  const definitions: Definition[] = [];
  // Only the builders of agents, tools, contracts and memories announce anything.
  const result = await whileListening((definition) => definitions.push(definition as Definition), load);
  return { result, definitions };
}
