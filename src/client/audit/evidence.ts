/** What a history holds of decisions and of actions: read with no worker, and believed of nobody. */
import {
  decodeFromPayloadsAtIndex,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { temporal } from '@temporalio/proto';
import { readRunMemo } from '../runs/read-told.js';
import { readEventMs } from '../runs/read-history.js';
import type { CallModelResult } from '../../contracts/wire/activities.js';
import type { CallToolInput, CallToolResult } from '../../contracts/wire/tool-call.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { Json } from '../../contracts/data/json.js';
import type { ApprovalMode } from '../../contracts/proof/approver.js';
import { DECIDE, DELIVER_NOTICES, MEMO_KEY } from '../../contracts/wire/wire.js';

export type History = temporal.api.history.v1.IHistory;
type ProtoEvent = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** An action that a worker was asked to carry out. */
export interface ActionEvidence {
  readonly at: number;
  readonly input: CallToolInput;
  readonly result?: CallToolResult;
}

/** A decision that reached the run; one by signal has no ticket. */
export interface DecisionEvidence {
  readonly at: number;
  readonly wire: unknown;
  readonly ticket?: DecisionTicket;
}

export interface Evidence {
  readonly workflowId: string;
  readonly firstExecutionRunId: string;
  readonly workflow: string;
  readonly startedAt: number;
  /** The run before, where this one continues another of the same id. */
  readonly continues?: string;
  /** What it was started with. */
  readonly args: readonly unknown[];
  readonly actions: readonly ActionEvidence[];
  readonly decisions: readonly DecisionEvidence[];
  /** By id, as each stood last in the memo. */
  readonly requests: ReadonlyMap<string, RequestSummary>;
  /** The arguments that models asked for, by head and call. */
  readonly asked: ReadonlyMap<
    string,
    { readonly tool: string; readonly args?: Json; readonly effect: string }
  >;
  /** By what the run was told that decisions are proven. */
  readonly modes: readonly ApprovalMode[];
  /** The child agents' workflows. */
  readonly children: readonly string[];
}

/** Decodes a history; its converter is Temporal's own. */
export async function readEvidence(history: History, workflowId: string): Promise<Evidence> {
  const reader = new EvidenceReader();
  for (const event of history.events ?? []) await reader.read(event);
  return reader.finish(workflowId);
}

class EvidenceReader {
  private readonly converter = loadDataConverter(undefined);
  private start: Pick<Evidence, 'firstExecutionRunId' | 'workflow' | 'startedAt' | 'args' | 'continues'> & {
    id: string;
  } = {
    id: '',
    firstExecutionRunId: '',
    workflow: '',
    startedAt: 0,
    args: [],
  };
  private readonly activities = new Map<
    string,
    { name: string; at: number; input: unknown; result?: unknown }
  >();
  private readonly updates = new Map<string, { at: number; wire: unknown; ticket?: DecisionTicket }>();
  private readonly signals: DecisionEvidence[] = [];
  private readonly requests = new Map<string, RequestSummary>();
  private readonly modes: ApprovalMode[] = [];
  private readonly children: string[] = [];

  async read(event: ProtoEvent): Promise<void> {
    const at = readEventMs(event.eventTime);
    await this.readRun(event, at);
    await this.readActivity(event, at);
    await this.readDecision(event, at);
  }

  finish(workflowId: string): Evidence {
    const { id, ...start } = this.start;
    const all = [...this.activities.values()];
    const actions = all.flatMap(({ name, at, input, result }) =>
      name === 'callTool'
        ? [
            {
              at,
              input: input as CallToolInput,
              ...(result === undefined ? {} : { result: result as CallToolResult }),
            },
          ]
        : [],
    );
    const turns = all.flatMap(({ name, result }) =>
      name === 'callModel' && result ? [result as CallModelResult] : [],
    );
    const asked = turns.flatMap(({ head, move }) =>
      move.kind === 'tools' ? move.calls.map((call) => [`${head} ${call.callId}`, call] as const) : [],
    );
    return {
      ...start,
      workflowId: id === '' ? workflowId : id,
      actions,
      decisions: [...this.updates.values(), ...this.signals],
      requests: this.requests,
      asked: new Map(asked),
      modes: this.modes,
      children: this.children,
    };
  }

  private async readRun(event: ProtoEvent, at: number): Promise<void> {
    const started = event.workflowExecutionStartedEventAttributes;
    if (started) {
      this.start = {
        id: started.workflowId ?? '',
        firstExecutionRunId: started.firstExecutionRunId ?? '',
        workflow: started.workflowType?.name ?? '',
        startedAt: Math.floor(at / 1_000) * 1_000,
        ...(started.continuedExecutionRunId ? { continues: started.continuedExecutionRunId } : {}),
        args: await Promise.all(
          (started.input?.payloads ?? []).map((_, index) => this.at(started.input, index)),
        ),
      };
    }
    const memo = event.workflowPropertiesModifiedEventAttributes?.upsertedMemo?.fields?.[MEMO_KEY];
    if (memo) {
      const told = readRunMemo(await this.at({ payloads: [memo] }));
      if (told !== 'unreadable') for (const request of told.pending) this.requests.set(request.id, request);
    }
    const { workflowId: child, workflowType } =
      event.startChildWorkflowExecutionInitiatedEventAttributes ?? {};
    // Telling people is no action, and nothing that they decided stands in it.
    if (typeof child === 'string' && workflowType?.name !== DELIVER_NOTICES) this.children.push(child);
    const marker = event.markerRecordedEventAttributes;
    if (marker?.details && 'result' in marker.details) {
      const told = (await this.at(marker.details['result'])) as { approvals?: ApprovalMode } | null;
      if (told?.approvals) this.modes.push(told.approvals);
    }
  }

  private async readActivity(event: ProtoEvent, at: number): Promise<void> {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      const name = scheduled.activityType?.name ?? '';
      this.activities.set(String(event.eventId), { name, at, input: await this.at(scheduled.input) });
    }
    const completed = event.activityTaskCompletedEventAttributes;
    const known = this.activities.get(String(completed?.scheduledEventId));
    if (completed && known) known.result = await this.at(completed.result);
  }

  private async readDecision(event: ProtoEvent, at: number): Promise<void> {
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    const request = accepted?.acceptedRequest?.input;
    if (request?.name === DECIDE) {
      this.updates.set(String(event.eventId), { at, wire: await this.at(request.args) });
    }
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    const known = this.updates.get(String(completed?.acceptedEventId));
    if (known && completed?.outcome?.success) {
      known.ticket = (await this.at(completed.outcome.success)) as DecisionTicket;
    }
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal?.signalName === DECIDE) this.signals.push({ at, wire: await this.at(signal.input) });
  }

  private at(payloads: Payloads, index = 0): Promise<unknown> {
    return decodeFromPayloadsAtIndex<unknown>(this.converter, index, payloads?.payloads);
  }
}
