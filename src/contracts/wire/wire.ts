/** The names that stand in histories and that clients use. They are an interface: changing one breaks open runs. */
import type { Cost } from '../definitions/cost.js';
import type { Move } from './activities.js';
import type { RequestSummary } from '../requests/approval.js';
import type { OriginSource } from '../requests/origin.js';
import type { RunView } from './run-view.js';
import type { WorkStart } from './child-agent-input.js';

/** Signal and update by which a person decides. */
export const DECIDE = 'decide';
/** Signal by which whoever has started a run proves that they asked for it: `{ v: 1, requester }`. */
export const REQUESTED = 'requested';
/** Signal from a child agent to the run's root: what waits there for a person. */
export const MIRROR = 'mirror';
/** By which a child agent's workflow hears what is said to its run. */
export const HEARD = 'heard';
export const QUERIES = { view: 'view', timeline: 'timeline', pending: 'pending' } as const;
/** The workflow type of a child agent. */
export const CHILD_AGENT = 'childAgent';
/** The workflow type that tells people what a run could not tell before it ended. */
export const DELIVER_NOTICES = 'deliverNotices';
/** The memo's key for what a run is now. */
export const MEMO_KEY = 'baton';
/** The memo's key for what no activity carries. Its last value is no summary: each write is a part of the story. */
export const STORY_KEY = 'baton.story';
export const DEFAULT_TASK_QUEUE = 'baton';

/** Where the calls of tools that need a permission wait: for workers that alone hold what is needed for it. */
export function toPermissionQueue(taskQueue: string, permission: string): string {
  return `${taskQueue}.${permission}`;
}

/** How many waiting requests the memo names. */
export const MEMO_PENDING_LIMIT = 10;

/** Where an agent's work stands when it is not done: enough to go on, here or in another workflow. */
export type Suspension = Omit<WorkStart, 'entries' | 'head'> & { readonly head: string };

export interface MirrorSignal {
  readonly workflowId: string;
  readonly pending: readonly RequestSummary[];
  /** The child agent has taken its task on, having named these required items. */
  readonly accepted?: readonly string[];
}

/** How an agent's work on a task ended, or why it stands. */
export type AssignmentResult =
  /** A person's work leaves no conversation. */
  | (Extract<Move, { kind: 'finish' | 'decline' | 'misrouted' }> & { readonly at?: Suspension })
  | (Extract<Move, { kind: 'handoff' | 'fan-out' | 'clarify' }> & { readonly at: Suspension })
  /** A person gave the task to another agent. */
  | {
      readonly kind: 'redirected';
      readonly to: string;
      readonly by: string;
      readonly reason?: string;
      /** What the agent had carried out before and cannot be undone, in words. */
      readonly done: readonly string[];
    };

/** How a child agent ended, and what it used. */
export interface ChildAgentResult {
  readonly result: AssignmentResult;
  /** The required items that it named, if it took its task on. */
  readonly acknowledged?: readonly string[];
  /** What names the results that it had: of tools, and of people's decisions. */
  readonly learned?: readonly string[];
  /** What it has read by tools. */
  readonly read?: readonly OriginSource[];
  readonly counts: RunView['counts'];
  readonly models: readonly string[];
  readonly costs?: readonly Cost[];
}

/** Query: the states that the graph has been in. */
export const STATES = 'states';

/** The key under which a run is started from a step of another one. */
export const FORK = 'baton.fork';

/**
 * The parent for a child agent's own workflow, else the workflow itself. An orchestration that somebody else's workflow has
 * as a child is a run of its own.
 */
export function toExecution<Execution>(
  type: string | null | undefined,
  own: Execution,
  parent: NoInfer<Execution> | null | undefined,
): Execution {
  return type === CHILD_AGENT ? (parent ?? own) : own;
}

/**
 * The search attributes of every root run, by which the Web UI, `baton list` and any Temporal client find runs. A
 * namespace must know them before the first run starts. They are never encrypted: names and states only, no secrets.
 */
export const SEARCH_ATTRIBUTES = {
  /** The team whose run this is. */
  BatonTeam: 'Keyword',
  /** Where the run stands, `waiting` for example. */
  BatonState: 'Keyword',
  /** The agent that has control. */
  BatonAgent: 'Keyword',
  /** Why a person is asked. */
  BatonReason: 'Keyword',
  /** Whom or what the run waits for. */
  BatonWaitsFor: 'KeywordList',
  /** When the oldest open request expires. */
  BatonDeadline: 'Datetime',
} as const;
