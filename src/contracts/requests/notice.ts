/** What a run tells people of a request that waits for them, beside the places where they look by themselves. */
import type { DecisionTicket, RequestSummary } from './approval.js';

/** What can become of a request that people are told of. */
export type NoticeEvent = 'opened' | 'reminded' | 'escalated' | 'decided' | 'expired';

/** One thing that people are told of a request. */
export interface Notice {
  readonly event: NoticeEvent;
  /** How often this event was told of the request, from 1. */
  readonly occurrence: number;
  /** As it is at that moment. */
  readonly request: RequestSummary;
  /** The run that it belongs to, which need not be the workflow that decides: that one is named by the request's id. */
  readonly run: {
    readonly workflowId: string;
    readonly runId: string;
    readonly workflow: string;
    readonly team?: string;
  };
  /** The roles that may decide; empty for anybody. */
  readonly to: readonly string[];
  /** For `decided`: what was decided, and by whom. */
  readonly decision?: Pick<DecisionTicket, 'option' | 'by' | 'identity' | 'reason' | 'decidedAt'>;
  /** Nobody waits for anything: it was sent to see whether it arrives. */
  readonly test?: true;
}

/** A way by which a worker tells people, as a run knows it. */
export interface NoticeChannel {
  /** One of a kind on the worker. */
  readonly name: string;
  /** What it tells of; everything without. */
  readonly events?: readonly NoticeEvent[];
}

export interface NotifyInput {
  /** The channel. */
  readonly channel: string;
  readonly notice: Notice;
}

export interface NotifyResult {
  /** `nobody`: this channel knows no one who is meant. */
  readonly outcome: 'taken' | 'nobody';
  /** What the other side said, in a few words. */
  readonly detail: string;
}
