/** The registry of approvers, `approvers.json`. It contains only public keys. Workers and auditors read it. */
import { z } from 'zod';

const Instant = z.iso.datetime({ offset: true });

/** A public key, and its period of validity. */
export const ApproverKey = z.strictObject({
  kid: z.string().min(1).describe('The RFC 7638 thumbprint of the key; what a signature names.'),
  x: z
    .string()
    .regex(/^[\w-]{43}$/)
    .describe('The Ed25519 public key: 32 bytes in base64url, as in a JWK.'),
  from: Instant.optional().describe('Nothing that was signed before counts.'),
  until: Instant.optional().describe('Nothing counts from here on.'),
  revokedAt: Instant.optional().describe('The key is no longer valid, also for earlier signatures.'),
});
export type ApproverKey = z.infer<typeof ApproverKey>;

/** One approver. */
export const Approver = z.strictObject({
  subject: z.string().min(1).max(200).describe('Names one person, e.g. "ada@example.com".'),
  roles: z.array(z.string().min(1)).describe('The roles of the person, e.g. "finance".'),
  keys: z.array(ApproverKey).describe('Empty for a person who decides through a gateway only.'),
});
export type Approver = z.infer<typeof Approver>;

/** A service that speaks for people whom it has signed in, such as an inbox. */
export const Gateway = z.strictObject({
  name: z.string().min(1).max(200).describe('The name shown with decisions that came through it.'),
  keys: z.array(ApproverKey).min(1).describe('The keys by which it signs.'),
  roles: z
    .array(z.string().min(1))
    .optional()
    .describe('The roles that a person can use through this gateway; all of theirs without.'),
});
export type Gateway = z.infer<typeof Gateway>;

/** All approvers. The registry contains no secrets. */
export const ApproverRegistry = z.strictObject({
  v: z.literal(1).describe('The version of this shape.'),
  approvers: z.array(Approver).describe('The approvers.'),
  gateways: z
    .array(Gateway)
    .optional()
    .describe('Services that are trusted to say who decides, because they have signed that person in.'),
});
export type ApproverRegistry = z.infer<typeof ApproverRegistry>;

/** How the decisions of a run are proven, as its worker reports when it opens a request. */
export type ApprovalMode =
  { readonly mode: 'unauthenticated' } | { readonly mode: 'signed'; readonly registry: ApproverRegistry };
