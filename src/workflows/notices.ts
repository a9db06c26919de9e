/**
 * Telling people that a request waits for them, or what became of it. The run does not wait for it, and nothing of the
 * run depends on whether it arrives; where the worker has nothing to tell it by, nothing is scheduled.
 */
import { CancellationScope, condition, log, workflowInfo } from '@temporalio/workflow';
import type { ApprovalRequest } from '../contracts/approval.js';
import type { Notice, NoticeEvent } from '../contracts/notice.js';
import type { RootRun } from '../contracts/proof/root.js';
import { summarizeRequest } from '../contracts/request-summary.js';
import { notify } from './activity-calls.js';

/** The run that a request belongs to. */
interface Teller {
  readonly rootRun: RootRun;
  readonly team: { readonly name: string } | undefined;
}

/** What is still on its way when a run ends is given this long. */
const LAST_WORDS = '10s';

export class Notices {
  private underWay = 0;

  /** A notice that is not taken in the end leaves a line in the log. */
  send(run: Teller, event: NoticeEvent, request: ApprovalRequest): void {
    this.underWay += 1;
    // What is told is told, also when the step that asked is cancelled.
    CancellationScope.nonCancellable(() => notify(noticeOf(run, event, request)))
      .catch((error: unknown) =>
        log.warn(`Nobody could be told of request ${request.id}: ${event}`, { error }),
      )
      .finally(() => {
        this.underWay -= 1;
      });
  }

  /** Goes on when all is sent: what a run schedules in its last moment would never be. */
  afterwards(goOn: () => void): void {
    if (this.underWay === 0) return goOn();
    CancellationScope.nonCancellable(() => condition(() => this.underWay === 0, LAST_WORDS)).then(goOn, goOn);
  }
}

function noticeOf(run: Teller, event: NoticeEvent, request: ApprovalRequest): Notice {
  const { workflowId, runId, workflowType } = workflowInfo();
  const { rootRun, team } = run;
  const own = rootRun.workflowId === workflowId;
  return {
    event,
    request: summarizeRequest(request),
    run: {
      workflowId: rootRun.workflowId,
      runId: own ? runId : rootRun.firstExecutionRunId,
      workflow: workflowType,
      ...(team === undefined ? {} : { team: team.name }),
    },
    to: request.needs?.roles ?? request.askedOf?.roles ?? [],
  };
}
