/**
 * Permissions: names that a tool can require. They narrow from agent to agent. Only a contract's `grants` adds one, and
 * only if the receiver declares it (spec T4).
 */
import { createDefinitionError } from '../errors.js';
import { assertName } from '../data/names.js';
import type { ToolDefinition } from './tool.js';

/** Any receiver. An agent declares the permissions that it can have; a person calls no tools. */
export interface Holder {
  readonly kind: 'agent' | 'human';
  readonly name: string;
  readonly permissions?: readonly string[];
}

/** Checks the names of permissions, and that each name is unique. */
export function assertPermissions(names: readonly string[], owner: string, field: string): void {
  for (const [index, name] of names.entries()) {
    assertName(`${owner}: permission`, name);
    if (names.indexOf(name) === index) continue;
    throw createDefinitionError(`${owner}: ${field} names ${name} twice.`, { owner, name });
  }
}

/** An agent's tools may require only permissions that the agent declares. */
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

/** A contract may grant only permissions that its receiver declares. */
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

/** The most permissions that a receiver can have. A person calls no tools, so they have no permissions to pass on. */
export function listPermissions({ permissions = [] }: Holder): readonly string[] {
  return permissions;
}

/**
 * The agent's permissions for a task: those that both it and its sender have, plus those that the contract grants.
 * Sorted, so that every history has the same order.
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
