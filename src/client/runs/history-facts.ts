/** The facts of a Temporal history, decoded and reduced to what a run's story needs. */
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';

/** A failure: its code, if any, and the message of its root cause. */
export interface FailureFact {
  readonly code?: string;
  readonly message: string;
}

export type HistoryFact = { readonly at: string } & (
  | {
      readonly kind: 'run-started';
      readonly workflow: string;
      readonly input: unknown;
      /** The run id of the previous execution. */
      readonly continues?: string;
    }
  | {
      readonly kind: 'activity-scheduled';
      readonly key: string;
      readonly activityId: string;
      readonly activity: string;
      readonly input: unknown;
      /** The events that the run reported with it. */
      readonly told?: unknown;
      readonly summary?: string;
    }
  | { readonly kind: 'activity-completed'; readonly key: string; readonly result: unknown }
  | { readonly kind: 'activity-failed'; readonly key: string; readonly failure: FailureFact }
  | {
      readonly kind: 'child-scheduled';
      readonly key: string;
      readonly workflowId: string;
      readonly input: unknown;
      readonly told?: unknown;
    }
  | { readonly kind: 'child-completed'; readonly key: string; readonly result: unknown }
  | { readonly kind: 'child-failed'; readonly key: string; readonly failure: FailureFact }
  | { readonly kind: 'update-accepted'; readonly key: string; readonly name: string; readonly input: unknown }
  | { readonly kind: 'update-completed'; readonly key: string; readonly result: unknown }
  | { readonly kind: 'update-failed'; readonly key: string; readonly failure: FailureFact }
  | { readonly kind: 'signal'; readonly name: string; readonly input: unknown }
  | { readonly kind: 'attributes'; readonly values: Readonly<Record<string, unknown>> }
  /** `value` is absent if only the story was written. */
  | { readonly kind: 'memo'; readonly value?: unknown; readonly told?: unknown }
  | { readonly kind: 'task-started' }
  | { readonly kind: 'task-completed' }
  | { readonly kind: 'task-failed'; readonly failure: FailureFact }
  | { readonly kind: 'run-completed'; readonly result: unknown }
  | { readonly kind: 'run-failed'; readonly failure: FailureFact }
);

/**
 * Temporal wraps a failure in the failures of the steps that carried it; the innermost Temporal failure is the cause.
 */
export function describeFailure(error: Error): FailureFact {
  const carries = error instanceof TemporalFailure && !(error instanceof ApplicationFailure);
  if (carries && error.cause instanceof Error) return describeFailure(error.cause);
  const code = error instanceof ApplicationFailure ? error.type : undefined;
  return { ...(code ? { code } : {}), message: error.message };
}
