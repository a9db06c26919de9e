/** What a person is asked, and how they answer: plain JSON, so that any Temporal client in any language can decide. */
import { z } from 'zod';
import type { Json } from './json.js';

export const RequestOption = z.object({
  id: z.string().describe('What a decision names.'),
  label: z.string().describe('What a person reads.'),
  consequence: z.string().describe('What happens when it is chosen.'),
});
export type RequestOption = z.infer<typeof RequestOption>;

/** Why a person is asked. */
export type RequestReason = 'asked-by-orchestration' | 'irreversible-effect' | 'unknown-outcome';

/** The exact action that a decision releases. Its digest binds the decision to these arguments. */
export interface RequestedAction {
  readonly tool: string;
  readonly args: Json;
}

export interface ApprovalRequest {
  readonly v: 1;
  /** `<workflow id>/<hash>`: the part before the last slash is the workflow that decides. */
  readonly id: string;
  readonly reason: RequestReason;
  readonly question: string;
  readonly details?: string;
  /** Who asks: an agent, or the orchestration. */
  readonly askedBy: string;
  /** Where in the run, e.g. `parallel-1/2/writer-0`. */
  readonly path: string;
  readonly action?: RequestedAction;
  /** SHA-256 over the canonical JSON of `{ request, run, tool, args }`; present when there is an action. */
  readonly digest?: string;
  readonly options: readonly RequestOption[];
  /** UTC, ISO 8601. */
  readonly askedAt: string;
  readonly deadline?: string;
}

/** A decision as it comes over the wire. Unknown properties are refused, so that a typing error is not an approval. */
export const Decision = z.strictObject({
  request: z.string().min(1).describe('The id of the request.'),
  option: z.string().min(1).describe('The id of one of its options, e.g. "approve" or "reject".'),
  reason: z.string().max(4000).optional().describe('Why; required to reject.'),
  by: z.string().max(200).optional().describe('Who decides. A claim, until decisions are signed.'),
});
export type Decision = z.infer<typeof Decision>;

/** What the run has recorded of a decision; the answer to a `decide` update. */
export interface DecisionTicket {
  readonly request: string;
  readonly option: string;
  readonly reason?: string;
  readonly by: string;
  /** How the decider is known. `claimed` proves nothing. */
  readonly identity: 'claimed';
  readonly via: 'update' | 'signal';
  readonly decidedAt: string;
}

/** A request as it stands in the memo of a run: bounded, so that lists work without a worker. */
export interface RequestSummary {
  readonly id: string;
  readonly reason: RequestReason;
  readonly question: string;
  readonly askedBy: string;
  readonly path: string;
  readonly tool?: string;
  /** The arguments, cut to 500 characters. */
  readonly argsPreview?: string;
  readonly digest?: string;
  readonly options: readonly string[];
  readonly askedAt: string;
  readonly deadline?: string;
}

/** Splits a request's id into the workflow that holds it and its hash; undefined when it is no such id. */
export function ownerOfRequest(
  id: string,
): { readonly workflowId: string; readonly hash: string } | undefined {
  const slash = id.lastIndexOf('/');
  const hash = id.slice(slash + 1);
  return slash > 0 && /^[0-9a-f]{12}$/.test(hash) ? { workflowId: id.slice(0, slash), hash } : undefined;
}
