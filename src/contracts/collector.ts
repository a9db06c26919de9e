/**
 * How a worker learns of definitions that no team names. `hello.ts` defines its agents as plain constants; while a
 * worker loads such a file it listens, and each builder announces what it made. Nobody listens in the sandbox, so
 * workflow code keeps no state of its own here.
 */
import type { AgentDefinition } from './agent.js';
import type { ContractDefinition } from './contract.js';
import type { ToolDefinition } from './tool.js';

export type Definition = AgentDefinition | ToolDefinition | ContractDefinition;

const KEY = Symbol.for('baton.definition-collector');
type Listening = { [KEY]?: ((definition: Definition) => void) | undefined };

export function announce(definition: Definition): void {
  (globalThis as Listening)[KEY]?.(definition);
}

/** Collects all that the builders make while `load` runs; not reentrant. */
export async function collectDefinitions<T>(
  load: () => Promise<T>,
): Promise<{ result: T; definitions: Definition[] }> {
  const definitions: Definition[] = [];
  const scope = globalThis as Listening;
  scope[KEY] = (definition) => definitions.push(definition);
  try {
    return { result: await load(), definitions };
  } finally {
    scope[KEY] = undefined;
  }
}
