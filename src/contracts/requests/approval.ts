/** What a person is asked, and how they answer: plain JSON, so that any Temporal client in any language can decide. */
import { z } from 'zod';
import type { AskedBack } from './ask-back.js';
import type { Claim } from './claim.js';
import type { Json } from '../data/json.js';
import type { Requirement } from './requirement.js';

export const RequestOption = z.object({
  id: z.string().describe('What a decision names.'),
  label: z.string().describe('What a person reads.'),
  consequence: z.string().describe('What happens when it is chosen.'),
  means: z
    .enum(['approve', 'reject'])
    .exactOptional()
    .describe('What it comes to; present where a developer has declared it.'),
});
export type RequestOption = z.infer<typeof RequestOption>;

/** Why a person is asked. */
export type RequestReason =
  | 'asked-by-orchestration'
  | 'irreversible-effect'
  /** A rule of the house applies. */
  | 'compliance'
  /** Its agent, or the routing that gave it the task, is not sure enough of an action. */
  | 'low-confidence'
  | 'unknown-outcome'
  | 'handed-over'
  /** A receiver asks before it takes a task on, and its sender does not know. */
  | 'clarification'
  /** A task failed, and nothing that is declared has mended it. */
  | 'recovery-exhausted';

/** Which person is meant, where a team has declared one. */
export interface AskedOf {
  /** A person of the team; absent where only roles are known. */
  readonly name?: string;
  readonly roles: readonly string[];
}

/** The exact action that a decision releases. Its digest binds the decision to these arguments. */
export interface RequestedAction {
  readonly tool: string;
  readonly args: Json;
}

/** Whom a request goes on to, and when. */
export interface PlannedEscalation {
  /** UTC, ISO 8601. */
  readonly at: string;
  /** They may decide from then on, beside those who could before. */
  readonly roles: readonly string[];
}

/** Where a run stood when it asked. */
export interface StateWhenAsked {
  /** Who had control. */
  readonly owner: string;
  readonly steps: { readonly used: number; readonly budget: number };
  readonly modelCalls: number;
  readonly toolCalls: number;
}

/** What somebody has said of a request that needs more people. */
export interface Vote {
  readonly by: string;
  readonly option: string;
  /** For "answer": those who give the same one agree. */
  readonly answer?: Json;
  readonly decidedAt: string;
  readonly reason?: string;
}

/** What waits for a person, whole. It lives in the workflow that asks, and survives whatever is killed meanwhile. */
export interface ApprovalRequest {
  readonly v: 1;
  /** 1 when it is asked; one more with each edit. */
  readonly revision: number;
  /** `<workflow id>/<hash>`: the part before the last slash is the workflow that decides. */
  readonly id: string;
  readonly reason: RequestReason;
  readonly question: string;
  readonly details?: string;
  /** Who asks: an agent, or the orchestration. */
  readonly askedBy: string;
  /** Who is meant; absent when anybody is. */
  readonly askedOf?: AskedOf;
  /** Where in the run, e.g. `parallel-1/2/writer-0`. */
  readonly path: string;
  readonly action?: RequestedAction;
  /** How sure it is that the action is right, from 0 to 1; absent where nobody has said. */
  readonly confidence?: number;
  /** SHA-256 over the canonical JSON of `{ request, run, tool, args }`, or of `{ request, run, question, details? }`. */
  readonly digest?: string;
  /** What was done before on its path, a line each, the latest last; text of agents may stand in it. */
  readonly attempted?: readonly string[];
  readonly state?: StateWhenAsked;
  /** What names this execution in digests. */
  readonly run: string;
  /** Present where a decision counts only when it is signed. */
  readonly signed?: true;
  /** Who must decide, and how many; absent where anybody's word is enough. */
  readonly needs?: Requirement;
  /** Who has said yes so far, where it needs more than one; an edit makes them lapse. */
  readonly votes?: readonly Vote[];
  /** What was asked before deciding, and answered, oldest first; present once somebody has. */
  readonly conversation?: readonly AskedBack[];
  /** The JSON Schema that edited arguments must fit; present when `edit` is offered. */
  readonly argsSchema?: Json;
  /** Who changed the arguments last; present when somebody did. */
  readonly editedBy?: string;
  /** The agents that `redirect` may name; present when it is offered. */
  readonly redirectTo?: readonly string[];
  /** The JSON Schema that an answer must fit; present when `answer` is offered. */
  readonly answerSchema?: Json;
  readonly options: readonly RequestOption[];
  /** UTC, ISO 8601. */
  readonly askedAt: string;
  readonly deadline?: string;
  /** Present where the deadline counts as a rejection. */
  readonly onExpiry?: 'reject';
  /** When it goes on to whom, where it is not decided by then. */
  readonly escalates?: readonly PlannedEscalation[];
  /** When people are told again, and how often from then on. */
  readonly reminds?: { readonly at: string; readonly everyMs: number };
  /** How often people were told again. */
  readonly reminded?: number;
  /** Who looks into it; others may decide all the same. */
  readonly claim?: Claim;
}

/** A decision as it comes over the wire. Unknown properties are refused, so that a typing error is not an approval. */
export const Decision = z.strictObject({
  request: z.string().min(1).describe('The id of the request.'),
  option: z.string().min(1).describe('The id of one of its options, e.g. "approve" or "reject".'),
  reason: z
    .string()
    .max(4000)
    .optional()
    .describe(
      'Why; required to reject, to decline and to abort. For "retry": what is to be done differently.',
    ),
  by: z.string().max(200).optional().describe('Who decides. A claim, until decisions are signed.'),
  digest: z
    .string()
    .optional()
    .describe(
      'The digest of the action as it was shown: refused when it has changed. Required after an edit.',
    ),
  revision: z
    .int()
    .min(1)
    .optional()
    .describe('The revision of the request as it was shown. Required where decisions are signed.'),
  args: z.unknown().optional().describe('For "edit": the arguments as they are to be, whole.'),
  to: z.string().min(1).optional().describe('For "redirect": who is to take over.'),
  answer: z.unknown().optional().describe('For "answer": what fits the schema of the question.'),
  questions: z
    .array(z.string().min(1).max(2000))
    .min(1)
    .max(10)
    .optional()
    .describe(
      'For "clarify": what must be known before the task is taken on. For "ask-back": before it is decided.',
    ),
});
export type Decision = z.infer<typeof Decision>;

/** What the run has recorded of a decision; the answer to a `decide` update. */
export interface DecisionTicket {
  readonly request: string;
  readonly option: string;
  readonly reason?: string;
  readonly by: string;
  /** How the decider is known: by their own signature, by that of a service that signed them in; `claimed` proves nothing. */
  readonly identity: 'signed' | 'gateway' | 'claimed';
  /** The key that signed. */
  readonly kid?: string;
  readonly gateway?: string;
  /** How many have said so, where it takes more than one; as long as they are too few, the request waits. */
  readonly votes?: { readonly have: number; readonly need: number };
  readonly via: 'update' | 'signal';
  readonly decidedAt: string;
  /** The digest of the action that was decided on; after an edit, of the new one. */
  readonly digest?: string;
  /** For "edit": the revision that it made. */
  readonly revision?: number;
  /** For "redirect": to whom. */
  readonly to?: string;
  /** For "answer": what was answered. */
  readonly answer?: Json;
  /** For "clarify" and "ask-back": what was asked. */
  readonly questions?: readonly string[];
}

/** A request as it stands in the memo of a run: bounded, so that lists work without a worker. */
export interface RequestSummary {
  readonly id: string;
  readonly reason: RequestReason;
  readonly question: string;
  readonly askedBy: string;
  readonly askedOf?: AskedOf;
  readonly path: string;
  readonly tool?: string;
  /** The arguments, cut to 500 characters. */
  readonly argsPreview?: string;
  readonly digest?: string;
  /** 1 when it is asked; one more with each edit. */
  readonly revision: number;
  readonly signed?: true;
  readonly needs?: Requirement;
  /** How many have said yes, where it takes more than one. */
  readonly voted?: number;
  readonly options: readonly string[];
  readonly askedAt: string;
  readonly deadline?: string;
  readonly onExpiry?: 'reject';
  readonly escalates?: readonly PlannedEscalation[];
  readonly reminded?: number;
  readonly claim?: Claim;
  /** Which of the options are a yes beside `approve`. */
  readonly yes?: readonly string[];
}
