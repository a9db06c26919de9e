/** The names in histories and for clients. They are an interface: changing one breaks open runs. */
import type { Cost } from '../definitions/cost.js';
import type { Move } from './activities.js';
import type { RequestSummary } from '../requests/approval.js';
import type { OriginSource } from '../requests/origin.js';
import type { RunView } from './run-view.js';
import type { WorkStart } from './child-agent-input.js';

/** Signal and update with which a person decides. */
export const DECIDE = 'decide';
/** Signal with which the requester proves that they started the run: `{ v: 1, requester }`. */
export const REQUESTED = 'requested';
/** Signal from a child agent to the run's root: its pending requests. */
export const MIRROR = 'mirror';
/** Signal that passes messages for a run to its child agents' workflows. */
export const HEARD = 'heard';
export const QUERIES = { view: 'view', timeline: 'timeline', pending: 'pending' } as const;
/** The workflow type of a child agent. */
export const CHILD_AGENT = 'childAgent';
/** The workflow type that sends the notices that a run could not send before it ended. */
export const DELIVER_NOTICES = 'deliverNotices';
/** The memo's key for the current state of a run. */
export const MEMO_KEY = 'baton';
/**
 * The memo's key for events that no activity carries. Each write is a part of the story, so the last value is not a
 * summary.
 */
export const STORY_KEY = 'baton.story';
export const DEFAULT_TASK_QUEUE = 'baton';

/** The queue for calls of tools that require a permission: only workers with the needed access poll it. */
export function toPermissionQueue(taskQueue: string, permission: string): string {
  return `${taskQueue}.${permission}`;
}

/** The maximum number of pending requests in the memo. */
export const MEMO_PENDING_LIMIT = 10;

/** The state of an agent's unfinished work: enough to continue, here or in another workflow. */
export type Suspension = Omit<WorkStart, 'entries' | 'head'> & { readonly head: string };

export interface MirrorSignal {
  readonly workflowId: string;
  readonly pending: readonly RequestSummary[];
  /** The required items that the child agent named when it accepted the task. */
  readonly accepted?: readonly string[];
}

/** How an agent's work on a task ended, or why it is suspended. */
export type AssignmentResult =
  /** A person's work leaves no conversation. */
  | (Extract<Move, { kind: 'finish' | 'decline' | 'misrouted' }> & { readonly at?: Suspension })
  | (Extract<Move, { kind: 'handoff' | 'fan-out' | 'clarify' }> & { readonly at: Suspension })
  /** A person assigned the task to another agent. */
  | {
      readonly kind: 'redirected';
      readonly to: string;
      readonly by: string;
      readonly reason?: string;
      /** The irreversible actions that the agent had completed before, in words. */
      readonly done: readonly string[];
    };

/** How a child agent ended, and its usage. */
export interface ChildAgentResult {
  readonly result: AssignmentResult;
  /** The required items that it named, if it accepted its task. */
  readonly acknowledged?: readonly string[];
  /** The names of its results: from tools, and from people's decisions. */
  readonly learned?: readonly string[];
  /** The sources that it read with tools. */
  readonly read?: readonly OriginSource[];
  readonly counts: RunView['counts'];
  readonly models: readonly string[];
  readonly costs?: readonly Cost[];
}

/** Query: the states of the graph. */
export const STATES = 'states';

/** The input key for a run that starts from a step of another run. */
export const FORK = 'baton.fork';

/**
 * The parent for a child agent's workflow, else the workflow itself. An orchestration that runs as the child of another
 * workflow is a separate run.
 */
export function toExecution<Execution>(
  type: string | null | undefined,
  own: Execution,
  parent: NoInfer<Execution> | null | undefined,
): Execution {
  return type === CHILD_AGENT ? (parent ?? own) : own;
}

/**
 * The search attributes of every root run. The Web UI, `baton list` and any Temporal client find runs with them. A
 * namespace must have them before the first run starts. They are never encrypted: names and states only, no secrets.
 */
export const SEARCH_ATTRIBUTES = {
  /** The run's team. */
  BatonTeam: 'Keyword',
  /** The state of the run, for example `waiting`. */
  BatonState: 'Keyword',
  /** The agent that is in control. */
  BatonAgent: 'Keyword',
  /** Why a person is asked. */
  BatonReason: 'Keyword',
  /** The people or events that the run waits for. */
  BatonWaitsFor: 'KeywordList',
  /** When the oldest open request expires. */
  BatonDeadline: 'Datetime',
} as const;
