/**
 * What travels when a task changes hands: the envelope that a receiver gets, and the parts that it is made of. Data
 * only; the receiver's worker renders it, and the workflow keeps references where texts are long.
 */
import type { BudgetLeft } from './budget.js';
import type { Json } from '../data/json.js';
import type { MemoryReference } from './memory-reference.js';
import type { Trigger } from './trigger.js';

/** The task as the sender describes it (spec H2). */
export interface TaskDescription {
  readonly goal: string;
  /** What is to come back, or to be true afterwards. */
  readonly expected: string;
  /** By what it is recognised that it is done. */
  readonly acceptance: readonly string[];
}

/** Something that was settled, and why. */
export interface DecisionMade {
  readonly decision: string;
  readonly reason: string;
}

/** A question that need not be asked again. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
}

/** What the sender says of its work (spec H6), written in the model call that hands over. */
export interface SenderSummary {
  /** Work that need not be done again. */
  readonly done: readonly string[];
  readonly decisions: readonly DecisionMade[];
  readonly answered: readonly AnsweredQuestion[];
  /** What is still to be done or to be found out. */
  readonly open: readonly string[];
  /** Facts that whoever has the task must know. */
  readonly needToKnow: readonly string[];
}

/** What earlier senders of the same task said of theirs, as one account; it travels on until the task is done. */
export type Carried = SenderSummary;

/** Who chose the receiver. */
export type RoutedBy =
  | 'code'
  | 'agent'
  | 'person'
  | 'rules'
  | 'classifier'
  | 'similarity'
  | 'fallback'
  /** The receiver before named a better destination. */
  | 'misrouted'
  | 'recovery';

/** How the receiver was chosen (spec R5). */
export interface Routing {
  readonly by: RoutedBy;
  /** The router that decided, where one did. */
  readonly router?: string;
  /** From 0 to 1; absent where code or a person chose. */
  readonly confidence?: number;
  readonly reason?: string;
}

/** The contract that governs a transition, as it travels: the receiver's worker checks it against its own. */
export interface ContractReference {
  readonly name: string;
  readonly version: number;
  /** The first 16 hex characters of the digest of the payload's JSON Schema; absent where anything may be passed. */
  readonly schema?: string;
}

/** How much of the sender's conversation a receiver is shown. */
export type HistoryPolicy = 'none' | 'all' | 'last-n' | 'summarize';

/** How a receiver's context is composed. What is pinned is never trimmed, whatever this says. */
export interface ContextPolicy {
  /** Default `none`: the payload and the summaries are all that travels. */
  readonly history?: HistoryPolicy;
  /** For `last-n`: how many messages; default 10. */
  readonly lastN?: number;
  /** How many tokens the composed context may have; default: what the model's window leaves. */
  readonly maxTokens?: number;
  /** What becomes of a history that does not fit; default `summarize`. */
  readonly whenOver?: 'summarize' | 'drop';
  /** `none` keeps what earlier senders said from this receiver, and from nobody after it; default `all`. */
  readonly carried?: 'all' | 'none';
}

/** What a receiver must name to take the task on: a part of the payload, or a memory entry, in its version. */
export interface RequiredItem {
  readonly name: string;
  /** Of a payload part the first 8 hex characters of its digest; of a memory entry its version. */
  readonly version: string;
}

/** How a required item is written in an acknowledgement. */
export function itemId({ name, version }: RequiredItem): string {
  return `${name}@${version}`;
}

/**
 * What holds of an agent for this task only, where its definition leaves it open. It goes with the task, to whoever has
 * it until it is done.
 */
export interface TaskTerms {
  /** What the placeholders of its role, goal and instructions stand for, e.g. `{topic}`. */
  readonly values?: Readonly<Record<string, string>>;
  /** The JSON Schema of the result, in place of the one that the agent declares. */
  readonly output?: Json;
}

/** What the receiver of a delegation or a handoff gets over the wire, and nothing else of the run. */
export interface Envelope {
  readonly kind: 'task';
  readonly v: 1;
  /** Names this transfer: the same after a reset, and the id of its context manifest. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Whether control comes back to the sender (`delegate`), or moves (`handoff`). */
  readonly control: 'delegate' | 'handoff';
  readonly trigger: Trigger;
  readonly routing: Routing;
  readonly contract: ContractReference;
  /** What the contract, or the receiver's input schema, lets through. */
  readonly input: Json;
  /** Present where the whole protocol runs: a declared contract governs the transition. */
  readonly required?: readonly RequiredItem[];
  /** The versions in the shared memory that the receiver reads; the values stay where they are (spec H3). */
  readonly memory?: readonly MemoryReference[];
  readonly task?: TaskDescription;
  readonly summary?: SenderSummary;
  readonly carried?: Carried;
  /** What the receiver may do with the task: what both it and its giver hold, and what was granted. Absent for nothing. */
  readonly permissions?: readonly string[];
  /** What of it the contract granted by this transition. */
  readonly granted?: readonly string[];
  /** What the receiver, and whoever has the task after it, may still use. */
  readonly budget?: BudgetLeft;
  /** What the contract tells every receiver to do next (spec H5). */
  readonly instructions?: string;
  readonly terms?: TaskTerms;
  /** How the receiver's context is composed; `head` names the sender's conversation, where it has one. */
  readonly context?: ContextPolicy & {
    readonly head?: string;
    /** How many things that earlier senders said this receiver is not shown, by the contract's word. */
    readonly withheld?: number;
  };
  /** The person who moved the task here, and why, when a person did. */
  readonly redirectedBy?: string;
  /** What went wrong before, and what whoever decided on the recovery says about it. */
  readonly guidance?: string;
}

/** What became of one part of what a receiver could have been shown. */
export interface ManifestPart {
  /** E.g. `payload`, `decisions`, `history: 12 messages`. */
  readonly part: string;
  readonly fate: 'kept' | 'summarized' | 'dropped' | 'withheld' | 'reference';
  /** As the receiver was sent it; of a dropped part as it would have been, and 0 where it never came to its worker. */
  readonly tokens: number;
  /** Never trimmed. */
  readonly pinned?: boolean;
}

/** What a receiver was given, and what was left out (spec H9). */
export interface ContextManifest {
  readonly v: 1;
  /** The id of the transfer. */
  readonly id: string;
  /** What the context had to fit into; absent where nothing bounded it. */
  readonly maxTokens?: number;
  readonly tokens: number;
  /** How tokens were counted, e.g. `o200k_base`. */
  readonly countedBy: string;
  readonly parts: readonly ManifestPart[];
}
