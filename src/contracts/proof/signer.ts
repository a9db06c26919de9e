/**
 * The signer of a token, and whether their key was valid then and is valid now. The same check runs when a decision
 * arrives, when it is spent, and in an audit. Only the registry differs.
 */
import { z } from 'zod';
import { defined } from '../data/defined.js';
import { BatonError } from '../errors.js';
import type { CommonClaims } from './claims.js';
import type { ApproverKey, ApproverRegistry } from './approver.js';
import { LONGEST_LIFE_MS, readToken, type UncheckedToken } from './jws.js';

/** The maximum difference between the clocks of signer and checker. */
const SKEW_MS = 60_000;

/** Seconds that fit into a date. */
const instant = z.int().min(0).lt(8.64e12);
const Common = z.object({
  v: z.literal(1),
  sub: z.string().min(1),
  iat: instant,
  exp: instant,
  nbf: instant.optional(),
});

/** A person whose signature is proven. */
export interface Signer {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly kid: string;
  /** The service that signed the person in and speaks for them; absent if they signed themselves. */
  readonly gateway?: string;
}

export interface Signed<Claims> extends Signer {
  readonly claims: Claims & CommonClaims;
}

/**
 * Checks a token's signature, its time, and that its key may speak for its subject.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`; its facts contain `why`, and `subject` and `kid` as the token claims them.
 */
export function verifySigner<Claims>(
  jws: string,
  typ: string,
  registry: ApproverRegistry,
  now: number,
): Signed<Claims> {
  const token = readToken(jws);
  if (!token || token.typ !== typ || !Common.safeParse(token.claims).success) {
    throw createUnprovenError('malformed', `This is not a token of the type ${typ}, signed with Ed25519.`);
  }
  const claims = token.claims as Claims & CommonClaims;
  const who = { subject: claims.sub, kid: token.kid };
  const { key, gateway, limitedTo } = findKey(registry, token, who);
  if (!token.signedBy(key.x))
    throw createUnprovenError('forged', `The key ${token.kid} has not signed this.`, who);
  assertInTime(claims, key, now, who);
  const approver = registry.approvers.find(({ subject }) => subject === claims.sub);
  if (!approver)
    throw createUnprovenError('unknown-subject', `${claims.sub} is not in the registry of approvers.`, who);
  const roles = approver.roles.filter((role) => limitedTo === undefined || limitedTo.includes(role));
  return { ...who, roles, ...defined({ gateway }), claims };
}

interface FoundKey {
  readonly key: ApproverKey;
  readonly gateway?: string;
  readonly limitedTo?: readonly string[];
}

interface Who {
  readonly subject: string;
  readonly kid: string;
}

function findKey(
  { approvers, gateways = [] }: ApproverRegistry,
  { kid }: UncheckedToken,
  who: Who,
): FoundKey {
  for (const { subject, keys } of approvers) {
    const key = keys.find((each) => each.kid === kid);
    if (!key) continue;
    if (subject === who.subject) return { key };
    throw createUnprovenError(
      'wrong-subject',
      `The key ${kid} is ${subject}'s, and speaks for nobody else.`,
      who,
    );
  }
  for (const { name, keys, roles } of gateways) {
    const key = keys.find((each) => each.kid === kid);
    if (key) return { key, gateway: name, ...defined({ limitedTo: roles }) };
  }
  throw createUnprovenError('unknown-key', `The key ${kid} is not in the registry of approvers.`, who);
}

function assertInTime({ iat, exp, nbf = iat }: CommonClaims, key: ApproverKey, now: number, who: Who): void {
  const says = (why: string, message: string): never => {
    throw createUnprovenError(why, message, who);
  };
  if (key.revokedAt !== undefined && Date.parse(key.revokedAt) <= now) {
    says('revoked', `The key ${key.kid} was revoked at ${key.revokedAt}: nothing that it signed counts.`);
  }
  if (Math.max(iat, nbf) * 1_000 > now + SKEW_MS)
    says('not-yet-valid', `It is signed for ${formatInstant(Math.max(iat, nbf))}, which is not yet.`);
  if ((exp - iat) * 1_000 > LONGEST_LIFE_MS)
    says('too-long', 'It is signed for longer than seven days. Decide again, for a shorter time.');
  if (exp * 1_000 <= now) says('expired', `It counted until ${formatInstant(exp)}. Decide again.`);
  const [from, until] = [key.from, key.until].map((text) =>
    text === undefined ? undefined : Date.parse(text),
  );
  if (from !== undefined && iat * 1_000 < from) {
    says('key-not-yet-valid', `The key ${key.kid} counts from ${key.from}, and it was signed before.`);
  }
  if (until !== undefined && until <= now)
    says('key-expired', `The key ${key.kid} counted until ${key.until}.`);
}

function formatInstant(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

/** An invalid signature, and why. A log of attempts needs the facts. */
export function createUnprovenError(
  why: string,
  message: string,
  facts: { readonly subject?: string; readonly kid?: string } = {},
): BatonError {
  return new BatonError('DECISION_UNPROVEN', message, { why, ...facts });
}

/**
 * Checks that a key which signed earlier is still valid.
 *
 * @throws {BatonError} `DECISION_UNPROVEN`.
 */
export function assertNotRevoked(
  { approvers, gateways = [] }: ApproverRegistry,
  who: Who,
  now: number,
): void {
  const keys = [...approvers, ...gateways].flatMap((each) => each.keys);
  const revokedAt = keys.find(({ kid }) => kid === who.kid)?.revokedAt;
  if (revokedAt === undefined || Date.parse(revokedAt) > now) return;
  throw createUnprovenError(
    'revoked',
    `The key ${who.kid} was revoked at ${revokedAt}: nothing that it signed counts.`,
    who,
  );
}
