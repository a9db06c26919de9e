/** Counts the history of a closed run on the server, with that of its children. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

type Event = temporal.api.history.v1.IHistoryEvent;

export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

export interface HistoryAccount {
  readonly events: number;
  /** As the server counts them. */
  readonly bytes: number;
  readonly activities: number;
  /** Events from the first step's first to the last step's last: what the steps cost, without start and end. */
  readonly stepEvents: number;
  readonly children: number;
  /** The name under which the run's texts are stored, if its activities get one. */
  readonly root: string | undefined;
}

export async function accountOf(client: Client, run: RunRef): Promise<HistoryAccount> {
  const handle = client.workflow.getHandle(run.workflowId, run.runId);
  const [{ events }, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const own = events ?? [];
  const children = await Promise.all(childrenOf(own).map((child) => accountOf(client, child)));
  const scheduled = own.filter((event) => event.activityTaskScheduledEventAttributes);
  const sum = (part: (account: HistoryAccount) => number): number =>
    children.reduce((total, child) => total + part(child), 0);
  return {
    events: own.length + sum((child) => child.events),
    bytes: sizeOf(description) + sum((child) => child.bytes),
    activities: scheduled.length + sum((child) => child.activities),
    stepEvents: stepEvents(own) + sum((child) => child.stepEvents),
    children: children.length,
    root: rootOf(scheduled[0]),
  };
}

function stepEvents(events: readonly Event[]): number {
  const first = events.findIndex((event) => event.activityTaskScheduledEventAttributes);
  const last = events.findLastIndex((event) => event.workflowTaskCompletedEventAttributes);
  return first === -1 ? 0 : last - first + 1;
}

function childrenOf(events: readonly Event[]): RunRef[] {
  return events.flatMap(({ childWorkflowExecutionStartedEventAttributes: started }) => {
    const { workflowId, runId } = started?.workflowExecution ?? {};
    return workflowId && runId ? [{ workflowId, runId }] : [];
  });
}

function sizeOf({ workflowId, historySize }: WorkflowExecutionDescription): number {
  if (historySize) return historySize;
  throw new Error(`The server does not say how large the history of ${workflowId} is.`);
}

function rootOf(scheduled: Event | undefined): string | undefined {
  const payload = scheduled?.activityTaskScheduledEventAttributes?.input?.payloads?.[0];
  if (!payload) return undefined;
  const input: unknown = defaultPayloadConverter.fromPayload(payload);
  const root: unknown =
    typeof input === 'object' && input !== null && 'root' in input ? input.root : undefined;
  return typeof root === 'string' ? root : undefined;
}
