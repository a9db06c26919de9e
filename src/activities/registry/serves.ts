/** The purpose of a worker: what it serves. */
import type { ToolDefinition } from '../../contracts/definitions/tool.js';

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

/** The default purpose of a worker. */
export const EVERYTHING: Serves = { orchestrations: true, permissions: 'all' };
