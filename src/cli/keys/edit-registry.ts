/** Applies `baton keys add` and `revoke` to a registry. Pure, so that a file changes as a whole or not at all. */
import { nameCommand } from '../../project/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import { createUsageError } from '../../contracts/errors.js';
import type { Approver, ApproverKey, ApproverRegistry, Gateway } from '../../contracts/proof/approver.js';

export interface Addition {
  /** The name of a person or of a gateway. */
  readonly subject: string;
  readonly gateway: boolean;
  /** For a person: roles to add. For a gateway: the roles that it can lend; a gateway without roles can lend all. */
  readonly roles?: readonly string[] | undefined;
  readonly key?: ApproverKey | undefined;
}

/** @throws {BatonError} `BAD_USAGE` when the key belongs to someone else. */
export function withKey(registry: ApproverRegistry, addition: Addition): ApproverRegistry {
  const { subject, gateway, key } = addition;
  const owner = key === undefined ? undefined : findOwner(registry, key.kid);
  if (owner !== undefined && owner !== subject) {
    throw createUsageError(
      `The key ${key?.kid} is ${owner}'s already. A key belongs to one person: make ${subject} another with ${nameCommand('keys new')}.`,
      { kid: key?.kid, subject: owner },
    );
  }
  if (gateway)
    return { ...registry, gateways: replaceItem(registry.gateways ?? [], toGateway(registry, addition)) };
  return { ...registry, approvers: replaceItem(registry.approvers, toApprover(registry, addition)) };
}

function toApprover({ approvers }: ApproverRegistry, { subject, roles = [], key }: Addition): Approver {
  const known = approvers.find((each) => each.subject === subject);
  return {
    subject,
    roles: [...new Set([...(known?.roles ?? []), ...roles])],
    keys: joinKey(known?.keys ?? [], key),
  };
}

function toGateway({ gateways = [] }: ApproverRegistry, { subject: name, roles, key }: Addition): Gateway {
  const known = gateways.find((each) => each.name === name);
  const lent = roles ?? known?.roles;
  return { name, keys: joinKey(known?.keys ?? [], key), ...(lent === undefined ? {} : { roles: [...lent] }) };
}

function joinKey(keys: readonly ApproverKey[], key: ApproverKey | undefined): ApproverKey[] {
  if (key === undefined) return [...keys];
  // Adding a revoked key again does not restore it.
  const changed = keys.map((each) => (each.kid === key.kid ? { ...each, ...key } : each));
  return keys.some(({ kid }) => kid === key.kid) ? changed : [...keys, key];
}

/** Replaces the item in its place, or appends it. */
function replaceItem<T extends Approver | Gateway>(list: readonly T[], item: T): T[] {
  const found = list.some((each) => readName(each) === readName(item));
  return found ? list.map((each) => (readName(each) === readName(item) ? item : each)) : [...list, item];
}

function readName(each: Approver | Gateway): string {
  return 'subject' in each ? each.subject : each.name;
}

function findOwner({ approvers, gateways = [] }: ApproverRegistry, kid: string): string | undefined {
  const owner = [...approvers, ...gateways].find(({ keys }) => keys.some((key) => key.kid === kid));
  return owner === undefined ? undefined : readName(owner);
}

/**
 * Revokes the keys of a person or a gateway, or the key whose id starts with the given text.
 *
 * @throws {BatonError} `BAD_USAGE` when no key matches, or several keys start with it.
 */
export function withRevoked(
  registry: ApproverRegistry,
  which: string,
  revokedAt: string,
): { readonly registry: ApproverRegistry; readonly revoked: readonly string[] } {
  const owners = [...registry.approvers, ...(registry.gateways ?? [])];
  const named = owners.find((owner) => readName(owner) === which)?.keys;
  const keys =
    named ??
    owners.flatMap((owner) => owner.keys).filter(({ kid }) => which.length >= 6 && kid.startsWith(which));
  const [first, second] = keys;
  if (first === undefined || (named === undefined && second !== undefined)) {
    throw createUsageError(
      first === undefined
        ? `No person, gateway or key "${which}" with a key is in the registry. See ${nameCommand('keys list')}.`
        : `Several keys begin with "${which}". Give more of it.`,
      { which },
    );
  }
  const revoked = keys.filter((key) => key.revokedAt === undefined).map(({ kid }) => kid);
  const revoke = (key: ApproverKey): ApproverKey => (revoked.includes(key.kid) ? { ...key, revokedAt } : key);
  const approvers = registry.approvers.map((each) => ({ ...each, keys: each.keys.map(revoke) }));
  const gateways = registry.gateways?.map((each) => ({ ...each, keys: each.keys.map(revoke) }));
  return { registry: { ...registry, approvers, ...defined({ gateways }) }, revoked };
}
