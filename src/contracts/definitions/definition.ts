/** The definitions that a worker serves by name, and how it collects them from a file. */
import type { AgentDefinition } from './agent.js';
import { collectWhile, type DefinitionProblem, type DefinitionWarning } from './definition-registry.js';
import type { ContractDefinition } from './contract.js';
import { Problems } from '../data/problems.js';
import type { MemoryDefinition } from './memory.js';
import type { TeamDefinition } from './team.js';
import type { ToolDefinition } from './tool.js';

/** The part of a crew's task that a worker needs: the file for its output. */
export interface OutputFile {
  readonly kind: 'crew-task';
  /** Relative to the worker's output folder; may contain placeholders. */
  readonly outputFile?: string;
}

export type Definition =
  AgentDefinition | ToolDefinition | ContractDefinition | MemoryDefinition | OutputFile;

/**
 * Collects everything that the builders define while `load` runs; not reentrant.
 *
 * @throws What `load` throws, with the problems of definitions before it.
 */
export async function collectDefinitions<T>(
  load: () => Promise<T>,
  problems = new Problems(),
): Promise<{ result: T; definitions: Definition[]; teams: TeamDefinition[]; warnings: string[] }> {
  const definitions: Definition[] = [];
  const warnings: string[] = [];
  const teams: TeamDefinition[] = [];
  // Only the builders of agents, tools, memories, teams and crew tasks register definitions; graphs only warn.
  const result = await collectWhile((announced) => {
    const definition = announced as Definition | TeamDefinition | DefinitionWarning | DefinitionProblem;
    if (definition.kind === 'warning') warnings.push(definition.text);
    else if (definition.kind === 'problem') problems.add(definition.error);
    else if (definition.kind === 'team') teams.push(definition);
    else definitions.push(definition);
  }, load);
  return { result, definitions, teams, warnings };
}
