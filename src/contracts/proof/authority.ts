/** What a workflow asks a worker when it asks a person: by what decisions are proven, and who asked for the run. */
import type { RootRun } from './claims.js';
import type { NoticeChannel } from '../requests/notice.js';
import type { ApprovalMode } from './approver.js';

export interface ReadApproversInput {
  /** Where in the run it is needed. */
  readonly path: string;
  readonly run: RootRun;
}

/** By what decisions are proven, as it was when a person was asked. */
export interface Approvers {
  /** By what the worker tells people of what waits for them; absent where it has nothing for that. */
  readonly notices?: readonly NoticeChannel[];
  readonly approvals: ApprovalMode;
  /** Who asked for the run, where that is proven. */
  readonly requester?: string;
  /** Why it is not, where there was a token. */
  readonly requesterProblem?: string;
}
