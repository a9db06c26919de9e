/** What `baton keys add` and `revoke` make of a registry: pure, so that a file is changed as a whole or not. */
import { nameCommand } from '../../project/command-name.js';
import { defined } from '../../contracts/data/defined.js';
import { createUsageError } from '../../contracts/errors.js';
import type { Approver, ApproverKey, ApproverRegistry, Gateway } from '../../contracts/proof/approver.js';

export interface Addition {
  /** A person, or a gateway's name. */
  readonly subject: string;
  readonly gateway: boolean;
  /** What a person has besides what they had; what a gateway can lend, all without. */
  readonly roles?: readonly string[] | undefined;
  readonly key?: ApproverKey | undefined;
}

/** @throws {BatonError} `BAD_USAGE` when the key is somebody else's. */
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
  // Adding a key does not bring a revoked one back.
  const changed = keys.map((each) => (each.kid === key.kid ? { ...each, ...key } : each));
  return keys.some(({ kid }) => kid === key.kid) ? changed : [...keys, key];
}

/** In its old place, or at the end. */
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
 * Revokes the keys of a person or a gateway, or the one whose id begins like this.
 *
 * @throws {BatonError} `BAD_USAGE` when there is none, or more than one key begins so.
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
