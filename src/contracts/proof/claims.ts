/** The signed claims, and their form on the wire. */
import { z } from 'zod';
import type { Wire } from '../data/wire-schema.js';
import { Decision } from '../requests/decision.js';

/** A run as the server identifies it; a reset keeps both ids. */
export const RootRun = z.object({
  workflowId: z.string().describe("The run's id."),
  firstExecutionRunId: z.string().describe('The id that Temporal gave its first execution.'),
});
export type RootRun = Wire<typeof RootRun>;

/** The claims of every token. */
const common = {
  v: z.literal(1).describe('The version of this shape.'),
  sub: z.string().min(1).describe('The subject.'),
  iat: z.int().describe('When it was signed, in seconds since 1970.'),
  exp: z
    .int()
    .describe('From when on it counts for nothing, in seconds since 1970; at most seven days after `iat`.'),
  nbf: z.int().exactOptional().describe('Before that it counts for nothing, in seconds since 1970.'),
};

/** A decision whose author is proven: a compact JWS that covers all of it. */
export const SignedDecision = z
  .strictObject({
    signed: z
      .string()
      .describe(
        'A compact JWS (RFC 7515) with the header `{ alg: "EdDSA", typ: "baton-decision+jwt", kid }` over the claims of the schema `decision-claims`.',
      ),
  })
  .describe('A decision whose decider is proven.');
export type SignedDecision = Wire<typeof SignedDecision>;

export const DecisionClaims = z
  .object({
    ...common,
    decision: Decision.omit({ by: true }).describe('The whole decision; who decides is the subject.'),
  })
  .describe(
    'The claims that an approver signs. The decision names the revision and the digest that were shown.',
  );

/** The claims that the requester of a run signs: the execution, the workflow and the input. */
export const RequesterClaims = z
  .object({
    ...common,
    workflowId: z.string().describe('The run that is asked for.'),
    firstExecutionRunId: z.string().describe('The id that Temporal gave its first execution.'),
    workflow: z.string().describe('Its workflow type.'),
    input: z.string().describe('SHA-256 over the canonical JSON of its input; of null without input.'),
  })
  .describe(
    'The claims that a requester signs, with the header `{ alg: "EdDSA", typ: "baton-requester+jwt", kid }`; the run is started with the second argument `{ v: 1, requested: true }`, and then sent the signal `requested` with `{ v: 1, requester }`.',
  );
export type RequesterClaims = Wire<typeof RequesterClaims>;

/** The run that a child agent is part of. */
export const partOf = {
  rootRun: RootRun.describe('The run that this child agent is part of.'),
};

export type CommonClaims = Pick<RequesterClaims, 'v' | 'sub' | 'iat' | 'exp' | 'nbf'>;

/** The claims that an approver signs in addition to the common ones: the decision without its `by`. */
export interface DecisionClaims {
  readonly decision: Omit<Decision, 'by'>;
}
