/** What a Temporal history says of a run, decoded and reduced to what tells its story. */
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';

/** What failed: the code it was given, if any, and the message of what lies at its root. */
export interface FailureFact {
  readonly code?: string;
  readonly message: string;
}

export type HistoryFact = { readonly at: string } & (
  | {
      readonly kind: 'run-started';
      readonly workflow: string;
      readonly input: unknown;
      /** The run id of the execution before. */
      readonly continues?: string;
    }
  | {
      readonly kind: 'activity-scheduled';
      readonly key: string;
      readonly activityId: string;
      readonly activity: string;
      readonly input: unknown;
      /** What the run said of itself with it. */
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
  /** `value` is absent where only the story was written. */
  | { readonly kind: 'memo'; readonly value?: unknown; readonly told?: unknown }
  | { readonly kind: 'task-started' }
  | { readonly kind: 'task-completed' }
  | { readonly kind: 'task-failed'; readonly failure: FailureFact }
  | { readonly kind: 'run-completed'; readonly result: unknown }
  | { readonly kind: 'run-failed'; readonly failure: FailureFact }
);

/** Temporal wraps what happened in what carried it; the innermost failure of Temporal's kind is what happened. */
export function describeFailure(error: Error): FailureFact {
  const carries = error instanceof TemporalFailure && !(error instanceof ApplicationFailure);
  if (carries && error.cause instanceof Error) return describeFailure(error.cause);
  const code = error instanceof ApplicationFailure ? error.type : undefined;
  return { ...(code ? { code } : {}), message: error.message };
}
