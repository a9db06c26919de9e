/** What a run says of itself: its timeline, and the view of where it stands. */
import type { RequestSummary } from '../requests/approval.js';
import type { ContextManifest, RoutedBy } from '../handoff/envelope.js';
import type { ErrorCode } from '../errors.js';
import type { PlanView } from '../handoff/plan.js';
import type { Cost } from '../definitions/price.js';
import type { RequestEvent } from '../requests/request-event.js';
import type { Trigger } from '../handoff/trigger.js';

/** What one router said when it was asked. */
export interface RouteAttempt {
  readonly router: string;
  readonly by: 'rules' | 'classifier' | 'similarity';
  /** Whether it was sure enough. */
  readonly decided: boolean;
  readonly to?: string;
  /** From 0 to 1. */
  readonly confidence?: number;
  /** By destination, where they were compared. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly reason?: string;
  /** Why it gave no answer. */
  readonly problem?: string;
}

/** A task on its way from one to another. The n-th of them is what `baton show --handoff n` shows. */
interface Transfer {
  /** Names this transfer; what becomes of it refers to it. */
  readonly handoff: string;
  readonly from: string;
  readonly to: string;
  readonly trigger: Trigger;
  /** Who chose the receiver. */
  readonly by: RoutedBy;
  readonly router?: string;
  readonly confidence?: number;
  /** What governs it, as `name@version`. */
  readonly contract: string;
  /** Of the contract's payload; absent where anything may be passed. */
  readonly schema?: string;
  /** Who is responsible for the run's task while it is offered. */
  readonly owner: string;
  /** The id of its context manifest. */
  readonly manifest: string;
  readonly preview: string;
}

/** That a task is offered: control comes back from a delegation, and moves by a handoff. */
export type TransferEvent = { readonly kind: 'delegated' | 'handoff' } & Transfer;

/** A contract adds permissions to what its receiver has; nothing else does. */
export interface GrantedEvent {
  readonly kind: 'granted';
  readonly handoff: string;
  readonly to: string;
  readonly permissions: readonly string[];
  /** As `name@version`. */
  readonly contract: string;
}

/** A receiver's question, and who answered it how. */
export interface Clarified {
  readonly question: string;
  readonly answer: string;
  readonly by: string;
}

/** What follows a failure: somebody else is asked or tries again, there is a result after all, or the declared end. */
export type RecoveryStep = 'alternative' | 'agent' | 'person' | 'retry' | 'resolved' | 'end';

interface At {
  /** UTC, ISO 8601, by the workflow's clock. */
  readonly at: string;
  /** Where in the run: the steps that lead there, e.g. `parallel-1/0/researcher-0`; empty for the run itself. */
  readonly path: string;
}

/** One thing that happened in a run; `kind` says what. */
export type TimelineEvent = At &
  (
    | {
        readonly kind: 'run-started';
        readonly workflow: string;
        /** The run id of the execution that this one goes on from, where it does. */
        readonly continues?: string;
      }
    /** An agent is offered a task; control comes back. */
    | ({ readonly kind: 'delegated' } & Transfer)
    /** An agent is offered a task, and control with it. */
    | ({ readonly kind: 'handoff' } & Transfer)
    | GrantedEvent
    /** What the receiver was given to read, and what was left out. */
    | {
        readonly kind: 'context';
        readonly handoff: string;
        readonly agent: string;
        readonly manifest: ContextManifest;
      }
    /** The receiver took it on. */
    | {
        readonly kind: 'accepted';
        readonly handoff: string;
        readonly by: string;
        /** The required items that it named, as `name@version`. */
        readonly items: readonly string[];
        /** Who is responsible for the run's task from here on. */
        readonly owner: string;
      }
    /** The receiver asked before it took the task on. */
    | {
        readonly kind: 'clarification';
        readonly handoff: string;
        readonly by: string;
        /** Which round, from 1. */
        readonly round: number;
        readonly answers: readonly Clarified[];
      }
    | {
        readonly kind: 'declined';
        readonly handoff: string;
        readonly by: string;
        readonly reason: string;
        readonly code?: ErrorCode;
      }
    | {
        readonly kind: 'misrouted';
        readonly handoff: string;
        readonly by: string;
        /** Whom it named instead. */
        readonly to: string;
        readonly reason: string;
      }
    /** What was offered went back to its sender, who goes on. */
    | {
        readonly kind: 'sent-back';
        readonly handoff: string;
        readonly to: string;
        readonly reason: string;
      }
    /** It was decided who gets a task; nobody has it by that yet. */
    | {
        readonly kind: 'routed';
        readonly router: string;
        /** The destination's name, or `keep`. */
        readonly to: string;
        readonly by: RouteAttempt['by'] | 'person' | 'fallback';
        readonly confidence?: number;
        readonly reason?: string;
        readonly tried: readonly RouteAttempt[];
      }
    | {
        readonly kind: 'turn';
        readonly agent: string;
        readonly turn: number;
        readonly model: string;
        readonly move: string;
        readonly inputTokens: number;
        readonly outputTokens: number;
        /** Present where the configuration has a price for the model. */
        readonly cost?: Cost;
      }
    | { readonly kind: 'repair'; readonly agent: string; readonly turn: number; readonly problem: string }
    | {
        readonly kind: 'tool';
        readonly agent: string;
        readonly tool: string;
        /** How sure it was that the call is right, where a policy looks at it and the agent has said. */
        readonly confidence?: number;
        readonly outcome: 'done' | 'failed' | 'unknown-outcome' | 'refused';
        readonly preview: string;
      }
    | { readonly kind: 'returned'; readonly from: string; readonly to: string; readonly preview: string }
    | RequestEvent
    /** A step of the recovery policy was taken. */
    | {
        readonly kind: 'recovery';
        readonly step: RecoveryStep;
        /** Whose work failed last. */
        readonly agent: string;
        readonly cause: { readonly code: ErrorCode; readonly message: string };
        /** Who goes on: with the task, with the decision, or with the result. */
        readonly to?: string;
      }
    | { readonly kind: 'note'; readonly text: string; readonly code?: ErrorCode }
    | {
        readonly kind: 'run-ended';
        readonly outcome: 'completed' | 'failed';
        readonly code?: ErrorCode;
        readonly message?: string;
      }
  );

/** Someone at work on a part of the run, without owning it. */
export interface ActiveStep {
  readonly path: string;
  readonly agent: string;
  readonly doing: string;
}

/** Where a run stands. The answer to the query `view`. */
export interface RunView {
  readonly v: 1;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflow: string;
  readonly team?: string;
  readonly state: 'running' | 'waiting' | 'completed' | 'failed';
  /** Who is responsible for the task: exactly one, at any time. The orchestration's own name until it hands over. */
  readonly owner: string;
  readonly active: readonly ActiveStep[];
  /** What waits for a person, here and in specialists' own workflows; the query `pending` has the whole requests. */
  readonly pending: readonly RequestSummary[];
  readonly counts: {
    readonly modelCalls: number;
    readonly toolCalls: number;
    readonly handoffs: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
  };
  /** What its model calls cost, one sum for each version of the price table; absent where nothing has a price. */
  readonly costs?: readonly Cost[];
  /** The models that have answered, e.g. `offline`. */
  readonly models: readonly string[];
  /** The plans that are being carried out, with the state of each subtask. */
  readonly plans?: readonly PlanView[];
  readonly steps: { readonly used: number; readonly budget: number };
}
