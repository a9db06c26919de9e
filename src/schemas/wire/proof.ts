/** What is signed, and how a signed decision comes over the wire, as schemas. */
import { z } from 'zod';
import { Decision } from '../../contracts/requests/approval.js';
import type { RequesterClaims as RequesterClaimsType } from '../../contracts/proof/requester.js';
import type { CommonClaims } from '../../contracts/proof/signer.js';
import type { SignedDecision as SignedDecisionType } from '../../contracts/proof/signed-decision.js';
import { mirrorOf } from '../parts/mirror.js';

const common = {
  v: z.literal(1).describe('The version of this shape.'),
  sub: z.string().min(1).describe('Who says it.'),
  iat: z.int().describe('When it was signed, in seconds since 1970.'),
  exp: z.int().describe('From when on it counts for nothing, in seconds since 1970.'),
};

export const SignedDecision = mirrorOf<SignedDecisionType>()(
  z
    .strictObject({
      signed: z
        .string()
        .describe(
          'A compact JWS (RFC 7515) with the header `{ alg: "EdDSA", typ: "baton-decision+jwt", kid }` over the claims of the schema `decision-claims`.',
        ),
    })
    .describe('A decision whose decider is proven.'),
);

export const DecisionClaims = z
  .object({
    ...common,
    decision: Decision.omit({ by: true }).describe('The whole decision; who decides is the subject.'),
  })
  .describe('What a decider signs. The decision names the revision and the digest that were shown.');

export const RequesterClaims = mirrorOf<CommonClaims & RequesterClaimsType>()(
  z
    .object({
      ...common,
      workflowId: z.string().describe('The run that is asked for.'),
      input: z.string().describe('SHA-256 over the canonical JSON of its input; of null where it has none.'),
    })
    .describe(
      'What whoever asks for a run signs, with the header `{ alg: "EdDSA", typ: "baton-requester+jwt", kid }`; the second argument of the start is `{ v: 1, requester }`.',
    ),
);

/** Of which run a specialist in a workflow of its own is part, and who asked for that. */
export const partOf = {
  rootRun: z
    .object({
      workflowId: z.string().describe("The run's id."),
      firstExecutionRunId: z.string().describe('The id that Temporal gave its first execution.'),
    })
    .describe('The run that this specialist is part of.'),
  requester: z
    .object({
      jws: z.string().describe('A compact JWS.'),
      input: z.string().describe("SHA-256 over the canonical JSON of the run's input."),
    })
    .optional()
    .describe('Who asked for the run, as its start says.'),
};
