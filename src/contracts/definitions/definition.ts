/** What a worker serves by name, and how it collects what a file defines. */
import type { AgentDefinition } from './agent.js';
import { collectWhile, type DefinitionWarning } from './definition-registry.js';
import type { ContractDefinition } from './contract.js';
import type { MemoryDefinition } from './memory.js';
import type { TeamDefinition } from './team.js';
import type { ToolDefinition } from './tool.js';

/** Of a crew's task, what a worker must know: which file its output may become. */
export interface OutputFile {
  readonly kind: 'crew-task';
  /** Below the worker's folder for outputs; may hold placeholders. */
  readonly outputFile?: string;
}

export type Definition =
  AgentDefinition | ToolDefinition | ContractDefinition | MemoryDefinition | OutputFile;

/** Collects all that the builders make while `load` runs; not reentrant. */
export async function collectDefinitions<T>(
  load: () => Promise<T>,
): Promise<{ result: T; definitions: Definition[]; teams: TeamDefinition[]; warnings: string[] }> {
  const definitions: Definition[] = [];
  const warnings: string[] = [];
  const teams: TeamDefinition[] = [];
  // Only the builders of agents, tools, memories, teams and crews' tasks announce anything; graphs warn.
  const result = await collectWhile((announced) => {
    const definition = announced as Definition | TeamDefinition | DefinitionWarning;
    if (definition.kind === 'warning') warnings.push(definition.text);
    else if (definition.kind === 'team') teams.push(definition);
    else definitions.push(definition);
  }, load);
  return { result, definitions, teams, warnings };
}
