/** One execution in its history: its start, its links to others, its end, and missing events. */
import type { temporal } from '@temporalio/proto';
import { DELIVER_NOTICES } from '../../contracts/wire/wire.js';
import { readEventMs } from '../runs/read-history.js';

export type History = temporal.api.history.v1.IHistory;
export type ProtoEvent = temporal.api.history.v1.IHistoryEvent;

/** A child agent's workflow as its parent names it. */
export interface NamedChild {
  readonly workflowId: string;
  /** Its first execution; absent if the history does not record its start. */
  readonly runId?: string;
}

export interface Execution {
  readonly workflowId: string;
  readonly runId: string;
  readonly firstExecutionRunId: string;
  readonly workflow: string;
  /** The start of the run; a reset does not change it. */
  readonly startedAt: number;
  /** When this execution began: by a start, or by a reset. */
  readonly beganAt: number;
  /** The previous execution, if this one continues another of the same id. */
  readonly continues?: string;
  /** The execution that continues this one. */
  readonly next?: string;
  /** The executions that were reset to create this one. Each has the number of the last event that was copied. */
  readonly resets: readonly string[];
  readonly copiedUntil: number;
  /** How it ended; absent while it runs. */
  readonly end?: ExecutionEnd;
  /** Which of its events are missing. */
  readonly cut?: string;
  readonly children: readonly NamedChild[];
}

export type ExecutionEnd =
  'completed' | 'failed' | 'timed-out' | 'cancelled' | 'terminated' | 'continued-as-new';

/** @param workflowId - the claimed id; an id in the history takes precedence. */
export function readExecution({ events }: History, workflowId: string): Execution {
  const all = events ?? [];
  const [first] = all;
  const started = first?.workflowExecutionStartedEventAttributes;
  const resets = all.flatMap(({ eventId, eventTime, workflowTaskFailedEventAttributes: failed }) =>
    failed?.baseRunId
      ? [{ base: failed.baseRunId, runId: failed.newRunId, event: Number(eventId), time: eventTime }]
      : [],
  );
  const end = readEnd(all.at(-1));
  const { continuedExecutionRunId: continues } = started ?? {};
  return {
    workflowId: started?.workflowId || workflowId,
    // A reset execution has the start event of the one that was reset.
    runId: resets.at(-1)?.runId ?? started?.originalExecutionRunId ?? '',
    firstExecutionRunId: started?.firstExecutionRunId ?? '',
    workflow: started?.workflowType?.name ?? '',
    startedAt: Math.floor(readEventMs(first?.eventTime) / 1_000) * 1_000,
    beganAt: readEventMs(resets.at(-1)?.time ?? first?.eventTime),
    resets: resets.map(({ base }) => base),
    copiedUntil: resets.at(-1)?.event ?? 0,
    children: listChildren(all),
    ...(continues ? { continues } : {}),
    ...(end?.next ? { next: end.next } : {}),
    ...(end ? { end: end.end } : {}),
    ...findCut(all),
  };
}

function readEnd(
  last: ProtoEvent | undefined,
): { readonly end: ExecutionEnd; readonly next?: string | null | undefined } | undefined {
  if (last === undefined) return undefined;
  const { workflowExecutionCompletedEventAttributes: completed } = last;
  const { workflowExecutionContinuedAsNewEventAttributes: continued } = last;
  const { workflowExecutionFailedEventAttributes: failed } = last;
  const { workflowExecutionTimedOutEventAttributes: timedOut } = last;
  if (completed) return { end: 'completed', next: completed.newExecutionRunId };
  if (continued) return { end: 'continued-as-new', next: continued.newExecutionRunId };
  if (failed) return { end: 'failed', next: failed.newExecutionRunId };
  if (timedOut) return { end: 'timed-out', next: timedOut.newExecutionRunId };
  if (last.workflowExecutionCanceledEventAttributes) return { end: 'cancelled' };
  if (last.workflowExecutionTerminatedEventAttributes) return { end: 'terminated' };
  return undefined;
}

/** Events are numbered from 1, without a gap. */
function findCut(events: readonly ProtoEvent[]): { readonly cut?: string } {
  if (events.length === 0) return { cut: 'it is empty' };
  const at = events.findIndex(({ eventId }, index) => Number(eventId) !== index + 1);
  if (at >= 0) return { cut: `event ${at + 1} is not there` };
  if (!events[0]?.workflowExecutionStartedEventAttributes) return { cut: 'its start is not there' };
  const lost = findLostReference(events);
  return lost === undefined ? {} : { cut: `event ${lost} follows from one that is not there` };
}

/** An event refers only to earlier events. If events were removed and the rest renumbered, a reference is wrong. */
function findLostReference(events: readonly ProtoEvent[]): number | undefined {
  const at = (id: unknown): ProtoEvent | undefined => events[Number(id) - 1];
  const index = events.findIndex((event) => {
    const scheduled =
      event.activityTaskStartedEventAttributes?.scheduledEventId ??
      event.activityTaskCompletedEventAttributes?.scheduledEventId ??
      event.activityTaskFailedEventAttributes?.scheduledEventId;
    if (scheduled && !at(scheduled)?.activityTaskScheduledEventAttributes) return true;
    const command =
      event.activityTaskScheduledEventAttributes ??
      event.timerStartedEventAttributes ??
      event.startChildWorkflowExecutionInitiatedEventAttributes ??
      event.markerRecordedEventAttributes ??
      event.workflowExecutionCompletedEventAttributes ??
      event.workflowPropertiesModifiedEventAttributes;
    const task = command?.workflowTaskCompletedEventId;
    return Boolean(task && !at(task)?.workflowTaskCompletedEventAttributes);
  });
  return index < 0 ? undefined : index + 1;
}

/** Notices are not actions, and their history contains no decision. */
function listChildren(events: readonly ProtoEvent[]): NamedChild[] {
  const children = new Map<string, NamedChild>();
  for (const event of events) {
    const { workflowId, workflowType } = event.startChildWorkflowExecutionInitiatedEventAttributes ?? {};
    if (workflowId && workflowType?.name !== DELIVER_NOTICES)
      children.set(String(event.eventId), { workflowId });
    const { startChildWorkflowExecutionFailedEventAttributes: failed } = event;
    if (failed) children.delete(String(failed.initiatedEventId));
    const { childWorkflowExecutionStartedEventAttributes: began } = event;
    const { workflowId: id, runId } = began?.workflowExecution ?? {};
    if (id && runId && children.has(String(began?.initiatedEventId)))
      children.set(String(began?.initiatedEventId), { workflowId: id, runId });
  }
  return [...children.values()];
}
