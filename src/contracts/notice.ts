/** What a run tells people of a request that waits for them, beside the places where they look by themselves. */
import type { RequestSummary } from './approval.js';

/** What has become of the request. */
export type NoticeEvent = 'opened' | 'reminded' | 'escalated' | 'decided' | 'expired';

export interface Notice {
  readonly event: NoticeEvent;
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
}
