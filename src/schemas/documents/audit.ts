/** The documents of `baton audit`. */
import { Instant, type Wire } from '../../contracts/data/wire-schema.js';
import { z } from 'zod';

const workflowId = z.string().describe('The workflow: the run itself, or a child agent of it.');

/** A decision and its author, from the histories. */
export const AuditedDecision = z.object({
  at: Instant.describe('When it came in.'),
  workflowId,
  request: z.string().describe('The id of the request.'),
  option: z.string().describe('The option.'),
  by: z.string().describe('Who decided.'),
  identity: z.enum(['signed', 'gateway', 'claimed']).describe('How that is known; `claimed` proves nothing.'),
  kid: z.string().exactOptional().describe('The key that signed.'),
  gateway: z.string().exactOptional().describe('The service that signed the person in.'),
  reason: z.string().exactOptional().describe('Why.'),
});
export type AuditedDecision = Wire<typeof AuditedDecision>;

/** An action that required approval. */
export const AuditedAction = z.object({
  at: Instant.describe('When a worker was asked to carry it out.'),
  workflowId,
  step: z.string().describe('Where in the run.'),
  tool: z.string().describe('The tool.'),
  outcome: z
    .enum(['done', 'failed', 'unproven', 'unknown-outcome', 'open'])
    .describe('The outcome by the worker; `unproven` did not run; for `open` nothing is known.'),
  approvedBy: z.array(z.string()).describe('The approvers.'),
});
export type AuditedAction = Wire<typeof AuditedAction>;

/** An inconsistency. */
export const AuditMismatch = z.object({
  where: z.string().describe('At which request or step.'),
  why: z.string().describe('A short word, e.g. `forged`, `quorum` or `no-proof`.'),
  message: z.string().describe('The mismatch.'),
});
export type AuditMismatch = Wire<typeof AuditMismatch>;

/** An execution whose history was read. */
export const AuditedExecution = z.object({
  workflowId,
  runId: z.string().describe("Temporal's id of the execution."),
  end: z
    .enum(['completed', 'failed', 'timed-out', 'cancelled', 'terminated', 'continued-as-new', 'open'])
    .describe('How it ended.'),
});
export type AuditedExecution = Wire<typeof AuditedExecution>;

/** The findings of an audit. */
export const AuditDocument = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    run: z.string().describe("The run's id."),
    verdict: z
      .enum(['proven', 'consistent', 'incomplete', 'mismatch'])
      .describe(
        '`proven` by keys that the auditor trusts; `consistent` fits together, and nobody is proven; `incomplete`: a part is missing.',
      ),
    requester: z.string().exactOptional().describe('The requester of the run, if proven.'),
    executions: z
      .array(AuditedExecution)
      .describe("The histories that were read: the run's own, oldest first, then those of its child agents."),
    decisions: z.array(AuditedDecision).describe('The decisions.'),
    actions: z.array(AuditedAction).describe('The actions that needed approval.'),
    mismatches: z.array(AuditMismatch).describe('The mismatch.'),
    gaps: z.array(AuditMismatch).describe('Missing parts, in which an action could be hidden.'),
  })
  .describe('`baton audit`: who let what happen, and whether it fits together.');
export type AuditReport = Wire<typeof AuditDocument>;

export const AuditExportDocument = z
  .object({
    run: z.string().describe("The run's id."),
    file: z.string().describe('Where the histories are now.'),
    exportedAt: Instant.describe('When.'),
    digest: z.string().describe('SHA-256 over the list of digests: keep it elsewhere.'),
    histories: z
      .array(z.object({ workflowId, digest: z.string().describe('SHA-256 over its canonical JSON.') }))
      .describe("The run's own first, then those of its child agents."),
  })
  .describe(
    '`baton audit export`: what was kept, so that it can be audited when the server has forgotten it.',
  );
