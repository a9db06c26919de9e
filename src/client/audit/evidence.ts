/** The decisions and actions in a history: read without a worker, and without trust in any of them. */
import {
  decodeFromPayloadsAtIndex,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { temporal } from '@temporalio/proto';
import { readRunMemo } from '../runs/read-told.js';
import { readEventMs } from '../runs/read-history.js';
import { readExecution, type Execution, type History, type ProtoEvent } from './execution.js';
import type { CallModelResult } from '../../contracts/wire/activities.js';
import type { CallToolInput, CallToolResult } from '../../contracts/wire/tool-call.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { Json } from '../../contracts/data/json.js';
import { ASKED_WITHIN_EVENTS, readSentToken, type SentToken } from '../../contracts/proof/requester.js';
import type { ApprovalMode } from '../../contracts/proof/approver.js';
import { DECIDE, MEMO_KEY, REQUESTED } from '../../contracts/wire/wire.js';

type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** An action that a worker was asked to run. */
export interface ActionEvidence {
  readonly at: number;
  /** The number of the event with its result; 0 without a result. */
  readonly toldBy: number;
  readonly input: CallToolInput;
  readonly result?: CallToolResult;
}

/** A decision that reached the run; one by signal has no ticket. */
export interface DecisionEvidence {
  readonly at: number;
  /** The number of the event with which it arrived. */
  readonly toldBy: number;
  readonly wire: unknown;
  readonly ticket?: DecisionTicket;
}

export interface Evidence extends Execution {
  /** The workflow's input. */
  readonly args: readonly unknown[];
  /** The received requester tokens, as a worker reads them. */
  readonly requested: readonly SentToken[];
  readonly actions: readonly ActionEvidence[];
  readonly decisions: readonly DecisionEvidence[];
  /** By id, in the last version in the memo. */
  readonly requests: ReadonlyMap<string, RequestSummary>;
  /** The arguments that models asked for, by head and call. */
  readonly asked: ReadonlyMap<
    string,
    { readonly tool: string; readonly args?: Json; readonly effect: string }
  >;
  /** How decisions are proven, as the run learned it. */
  readonly modes: readonly ApprovalMode[];
}

/** Decodes a history with Temporal's default converter. */
export async function readEvidence(history: History, workflowId: string): Promise<Evidence> {
  const reader = new EvidenceReader();
  for (const event of history.events ?? []) await reader.read(event);
  return { ...readExecution(history, workflowId), ...reader.finish() };
}

class EvidenceReader {
  private readonly converter = loadDataConverter(undefined);
  private args: readonly unknown[] = [];
  private readonly activities = new Map<
    string,
    { name: string; at: number; toldBy: number; input: unknown; result?: unknown }
  >();
  private readonly updates = new Map<string, DecisionEvidence>();
  private readonly signals: DecisionEvidence[] = [];
  private readonly requested: SentToken[] = [];
  private readonly requests = new Map<string, RequestSummary>();
  private readonly modes: ApprovalMode[] = [];

  async read(event: ProtoEvent): Promise<void> {
    const at = readEventMs(event.eventTime);
    await this.readRun(event);
    await this.readActivity(event, at);
    await this.readDecision(event, at);
  }

  finish(): Omit<Evidence, keyof Execution> {
    const all = [...this.activities.values()];
    const actions = all.flatMap(({ name, at, toldBy, input, result }) =>
      name === 'callTool'
        ? [
            {
              at,
              toldBy,
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
      args: this.args,
      requested: this.requested,
      actions,
      decisions: [...this.updates.values(), ...this.signals],
      requests: this.requests,
      asked: new Map(asked),
      modes: this.modes,
    };
  }

  private async readRun(event: ProtoEvent): Promise<void> {
    const started = event.workflowExecutionStartedEventAttributes;
    if (started) {
      this.args = await Promise.all(
        (started.input?.payloads ?? []).map((_, index) => this.at(started.input, index)),
      );
    }
    const memo = event.workflowPropertiesModifiedEventAttributes?.upsertedMemo?.fields?.[MEMO_KEY];
    if (memo) {
      const told = readRunMemo(await this.at({ payloads: [memo] }));
      if (told !== 'unreadable') for (const request of told.pending) this.requests.set(request.id, request);
    }
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
      this.activities.set(String(event.eventId), {
        name,
        at,
        toldBy: 0,
        input: await this.at(scheduled.input),
      });
    }
    const completed = event.activityTaskCompletedEventAttributes;
    const known = this.activities.get(String(completed?.scheduledEventId));
    if (!completed || !known) return;
    known.result = await this.at(completed.result);
    known.toldBy = Number(event.eventId);
  }

  private async readDecision(event: ProtoEvent, at: number): Promise<void> {
    const toldBy = Number(event.eventId);
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    const request = accepted?.acceptedRequest?.input;
    if (request?.name === DECIDE) {
      this.updates.set(String(event.eventId), { at, toldBy, wire: await this.at(request.args) });
    }
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    const key = String(completed?.acceptedEventId);
    const known = this.updates.get(key);
    if (known && completed?.outcome?.success) {
      const ticket = (await this.at(completed.outcome.success)) as DecisionTicket;
      this.updates.set(key, { ...known, ticket });
    }
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal?.signalName === DECIDE)
      this.signals.push({ at, toldBy, wire: await this.signalled(signal.input) });
    if (signal?.signalName === REQUESTED && toldBy <= ASKED_WITHIN_EVENTS) {
      const jws = readSentToken(await this.signalled(signal.input));
      if (jws !== undefined) this.requested.push({ jws, at });
    }
  }

  /** Anyone can send a signal: an unreadable one has no meaning. */
  private signalled(payloads: Payloads): Promise<unknown> {
    return this.at(payloads).catch(() => undefined);
  }

  private at(payloads: Payloads, index = 0): Promise<unknown> {
    return decodeFromPayloadsAtIndex<unknown>(this.converter, index, payloads?.payloads);
  }
}
