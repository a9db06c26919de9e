/**
 * Permissions: names that a tool may require. They narrow on the way from agent to agent; only a contract's `grants`
 * adds one, and only what the receiver is declared to hold (spec T4).
 */
import { createDefinitionError } from '../errors.js';
import { assertName } from '../data/names.js';
import type { ToolDefinition } from './tool.js';

/** Any receiver: an agent declares what it may hold, a person calls no tools. */
export interface Holder {
  readonly kind: 'agent' | 'human';
  readonly name: string;
  readonly permissions?: readonly string[];
}

/** Checks names of permissions, and that none is named twice. */
export function assertPermissions(names: readonly string[], owner: string, field: string): void {
  for (const [index, name] of names.entries()) {
    assertName(`${owner}: permission`, name);
    if (names.indexOf(name) === index) continue;
    throw createDefinitionError(`${owner}: ${field} names ${name} twice.`, { owner, name });
  }
}

/** An agent's tools may need no more than the agent is declared to hold. */
export function assertToolsWithin(
  agent: string,
  tools: readonly ToolDefinition[],
  held: readonly string[],
): void {
  for (const { name, permission } of tools) {
    if (permission === undefined || held.includes(permission)) continue;
    throw createDefinitionError(
      `agent ${agent}: its tool ${name} needs the permission ${permission}, which the agent does not declare. ` +
        `Add permissions: ['${permission}'] to the agent, or give the tool to one that has it and hand off.`,
      { agent, tool: name, permission },
    );
  }
}

/** A contract may grant only what its receiver is declared to hold. */
export function assertGrants(contract: string, grants: readonly string[], to: Holder): void {
  assertPermissions(grants, `contract ${contract}`, 'grants');
  const missing = grants.find((name) => !listPermissions(to).includes(name));
  if (missing === undefined) return;
  throw createDefinitionError(
    `contract ${contract}: it grants ${missing}, which ${to.name} does not hold. ` +
      (to.kind === 'agent'
        ? `Add permissions: ['${missing}'] to agent ${to.name}, or take the grant away.`
        : 'A person calls no tools: take the grant away.'),
    { contract, permission: missing, agent: to.name },
  );
}

/** What a receiver may hold at most. A person calls no tools, and holds nothing that could be handed on. */
export function listPermissions({ permissions = [] }: Holder): readonly string[] {
  return permissions;
}

/**
 * What an agent may do with a task: what both it and its giver hold, and what the contract between them grants. Sorted,
 * so that it reads the same in every history.
 */
export function computePermissions(
  caller: readonly string[],
  receiver: Holder,
  grants: readonly string[] = [],
): string[] {
  return listPermissions(receiver)
    .filter((name) => caller.includes(name) || grants.includes(name))
    .toSorted();
}
