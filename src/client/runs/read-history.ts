/** Reads a run's history from the server and decodes it. */
import { defined } from '../../contracts/data/defined.js';
import { fetchEvents } from './fetch-events.js';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import {
  decodeFromPayloadsAtIndex,
  decodeMapFromPayloads,
  decodeOptionalFailureToOptionalError,
  decodeUserMetadata,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { temporal } from '@temporalio/proto';
import { DELIVER_NOTICES, MEMO_KEY, STORY_KEY } from '../../contracts/wire/wire.js';
import { describeFailure, type FailureFact, type HistoryFact } from './history-facts.js';

type ProtoEvent = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;
type ProtoFailure = temporal.api.failure.v1.IFailure | null | undefined;

type WithoutTime<F> = F extends HistoryFact ? Omit<F, 'at'> : never;
type Fact = WithoutTime<HistoryFact>;

/** Reads the history of a run, which needs no worker. It makes one request for each page of the history. */
export async function readHistoryFacts(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<HistoryFact[]> {
  return readFacts(await fetchEvents(client, workflowId, runId), client.options.dataConverter);
}

/** The same for a history in memory. */
export async function readFacts(
  events: readonly ProtoEvent[],
  converter?: DataConverter,
): Promise<HistoryFact[]> {
  const decoder = new Decoder(converter);
  const facts: HistoryFact[] = [];
  for (const event of events) {
    const fact = await decoder.fact(event);
    if (fact) facts.push({ at: new Date(readEventMs(event.eventTime)).toISOString(), ...fact });
  }
  return facts;
}

class Decoder {
  private readonly converter: ReturnType<typeof loadDataConverter>;

  constructor(converter: DataConverter | undefined) {
    this.converter = loadDataConverter(converter);
  }

  async fact(event: ProtoEvent): Promise<Fact | undefined> {
    return (
      (await this.ofRun(event)) ??
      (await this.ofActivity(event)) ??
      (await this.ofChild(event)) ??
      (await this.ofUpdate(event)) ??
      this.ofEnd(event)
    );
  }

  private async ofRun(event: ProtoEvent): Promise<Fact | undefined> {
    const started = event.workflowExecutionStartedEventAttributes;
    if (started) {
      return {
        kind: 'run-started',
        workflow: started.workflowType?.name ?? '',
        input: await this.first(started.input),
        ...(started.continuedExecutionRunId ? { continues: started.continuedExecutionRunId } : {}),
      };
    }
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal)
      return { kind: 'signal', name: signal.signalName ?? '', input: await this.first(signal.input) };
    const attributes = event.upsertWorkflowSearchAttributesEventAttributes;
    if (attributes) {
      const fields = attributes.searchAttributes?.indexedFields;
      return { kind: 'attributes', values: (await decodeMapFromPayloads(this.converter, fields)) ?? {} };
    }
    const memo = event.workflowPropertiesModifiedEventAttributes?.upsertedMemo;
    if (memo) {
      const fields = (await decodeMapFromPayloads(this.converter, memo.fields)) ?? {};
      return { kind: 'memo', value: fields[MEMO_KEY], told: fields[STORY_KEY] };
    }
    if (event.workflowTaskStartedEventAttributes) return { kind: 'task-started' };
    if (event.workflowTaskCompletedEventAttributes) return { kind: 'task-completed' };
    const failed = event.workflowTaskFailedEventAttributes;
    return failed
      ? { kind: 'task-failed', failure: await this.failure(failed.failure, 'the task failed') }
      : undefined;
  }

  private async ofActivity(event: ProtoEvent): Promise<Fact | undefined> {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      const { staticSummary } = await decodeUserMetadata(this.converter, event.userMetadata);
      return {
        kind: 'activity-scheduled',
        key: String(event.eventId),
        activityId: scheduled.activityId ?? '',
        activity: scheduled.activityType?.name ?? '',
        input: await this.first(scheduled.input),
        told: await this.second(scheduled.input),
        ...defined({ summary: staticSummary }),
      };
    }
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed) return this.done('activity', completed.scheduledEventId, completed.result);
    const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
    if (failed) {
      const failure = await this.failure(failed.failure, 'its time was up');
      return { kind: 'activity-failed', key: String(failed.scheduledEventId), failure };
    }
    const cancelled = event.activityTaskCanceledEventAttributes;
    return cancelled
      ? {
          kind: 'activity-failed',
          key: String(cancelled.scheduledEventId),
          failure: { code: 'CANCELLED', message: 'cancelled' },
        }
      : undefined;
  }

  private async ofChild(event: ProtoEvent): Promise<Fact | undefined> {
    const initiated = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (initiated && initiated.workflowType?.name !== DELIVER_NOTICES) {
      return {
        kind: 'child-scheduled',
        key: String(event.eventId),
        workflowId: initiated.workflowId ?? '',
        input: await this.first(initiated.input),
        told: await this.second(initiated.input),
      };
    }
    const completed = event.childWorkflowExecutionCompletedEventAttributes;
    if (completed) return this.done('child', completed.initiatedEventId, completed.result);
    const failed = event.childWorkflowExecutionFailedEventAttributes;
    if (failed) {
      const failure = await this.failure(failed.failure, 'it failed');
      return { kind: 'child-failed', key: String(failed.initiatedEventId), failure };
    }
    const [ended, message] = readChildEnd(event);
    return ended
      ? { kind: 'child-failed', key: String(ended.initiatedEventId), failure: { message } }
      : undefined;
  }

  private async ofUpdate(event: ProtoEvent): Promise<Fact | undefined> {
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (accepted) {
      const input = accepted.acceptedRequest?.input;
      return {
        kind: 'update-accepted',
        key: String(event.eventId),
        name: input?.name ?? '',
        input: await this.first(input?.args),
      };
    }
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    if (!completed) return undefined;
    const key = String(completed.acceptedEventId);
    const { success, failure } = completed.outcome ?? {};
    if (failure) return { kind: 'update-failed', key, failure: await this.failure(failure, 'refused') };
    return { kind: 'update-completed', key, result: await this.first(success) };
  }

  private async ofEnd(event: ProtoEvent): Promise<Fact | undefined> {
    const completed = event.workflowExecutionCompletedEventAttributes;
    if (completed) return { kind: 'run-completed', result: await this.first(completed.result) };
    const failed = event.workflowExecutionFailedEventAttributes;
    if (failed) return { kind: 'run-failed', failure: await this.failure(failed.failure, 'it failed') };
    if (event.workflowExecutionCanceledEventAttributes) {
      return { kind: 'run-failed', failure: { code: 'CANCELLED', message: 'The run was cancelled.' } };
    }
    const terminated = event.workflowExecutionTerminatedEventAttributes;
    if (terminated) {
      return {
        kind: 'run-failed',
        failure: { message: `The run was terminated: ${terminated.reason || 'no reason given'}` },
      };
    }
    return event.workflowExecutionTimedOutEventAttributes
      ? { kind: 'run-failed', failure: { message: 'The run timed out.' } }
      : undefined;
  }

  private async done(of: 'activity' | 'child', key: unknown, result: Payloads): Promise<Fact> {
    return { kind: `${of}-completed`, key: String(key), result: await this.first(result) };
  }

  private first(payloads: Payloads): Promise<unknown> {
    return this.at(0, payloads);
  }

  /** The second argument of activities and child agents. */
  private second(payloads: Payloads): Promise<unknown> {
    return this.at(1, payloads);
  }

  /** Anyone can send unreadable data to a run; the rest of its history is read anyway. */
  private async at(index: number, payloads: Payloads): Promise<unknown> {
    try {
      return await decodeFromPayloadsAtIndex<unknown>(this.converter, index, payloads?.payloads);
    } catch {
      return undefined;
    }
  }

  private async failure(failure: ProtoFailure, otherwise: string): Promise<FailureFact> {
    const error = await decodeOptionalFailureToOptionalError(this.converter, failure);
    return error === undefined ? { message: otherwise } : describeFailure(error);
  }
}

function readChildEnd(event: ProtoEvent) {
  const { childWorkflowExecutionCanceledEventAttributes: cancelled } = event;
  if (cancelled) return [cancelled, 'its workflow was cancelled'] as const;
  const { childWorkflowExecutionTerminatedEventAttributes: terminated } = event;
  if (terminated) return [terminated, 'its workflow was terminated'] as const;
  return [event.childWorkflowExecutionTimedOutEventAttributes, 'its workflow timed out'] as const;
}

type ProtoTime = temporal.api.history.v1.IHistoryEvent['eventTime'];

/** In milliseconds since 1970. Seconds are a number, a text or a Long, depending on the source of the history. */
export function readEventMs(time: ProtoTime): number {
  return Number(String(time?.seconds ?? 0)) * 1_000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
}
