/**
 * The facts that a workflow reads from a worker before it opens a request: how decisions are proven, and who the
 * requester is.
 */
import type { RootRun } from './claims.js';
import type { NoticeChannel } from '../requests/notice.js';
import type { ApprovalMode } from './approver.js';

export interface ReadApproversInput {
  /** The step that needs it. */
  readonly path: string;
  readonly run: RootRun;
}

/** How decisions are proven, as it was when the request opened. */
export interface Approvers {
  /** The worker's channels for notices; absent without channels. */
  readonly notices?: readonly NoticeChannel[];
  readonly approvals: ApprovalMode;
  /** The requester of the run, if proven. */
  readonly requester?: string;
  /** Why the requester is not proven, if there was a token. */
  readonly requesterProblem?: string;
}
