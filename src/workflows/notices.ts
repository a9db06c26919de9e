/**
 * Telling people that a request waits for them, or what became of it: an activity for each way of telling, so that one
 * that fails neither stops nor repeats the others. The run does not wait for it, and nothing of the run depends on
 * whether it arrives; where the worker has nothing to tell it by, nothing is scheduled.
 */
import { CancellationScope, condition, log, workflowInfo } from '@temporalio/workflow';
import type { ApprovalRequest, DecisionTicket } from '../contracts/approval.js';
import type { Notice, NoticeChannel, NoticeEvent } from '../contracts/notice.js';
import type { RootRun } from '../contracts/proof/root.js';
import { summarizeRequest } from '../contracts/request-summary.js';
import { notify } from './activity-calls.js';

/** The run that a request belongs to. */
interface Teller {
  readonly rootRun: RootRun;
  readonly team: { readonly name: string } | undefined;
}

interface News {
  readonly event: NoticeEvent;
  readonly request: ApprovalRequest;
  /** What was decided, once it is. */
  readonly ticket: DecisionTicket | undefined;
}

/** What is still on its way when a run ends is given this long. */
const LAST_WORDS = '10s';

export class Notices {
  private underWay = 0;
  private readonly told = new Map<string, number>();

  /** A notice that is not taken in the end leaves a line in the log. */
  send(run: Teller, channels: readonly NoticeChannel[], news: News): void {
    const meant = channels.filter(({ events }) => events?.includes(news.event) ?? true);
    if (meant.length === 0) return;
    const notice = noticeOf(run, news, this.occurrenceOf(news));
    for (const { name } of meant) this.sendBy(name, notice);
  }

  private sendBy(channel: string, notice: Notice): void {
    const { event, request } = notice;
    this.underWay += 1;
    // What is told is told, also when the step that asked is cancelled.
    CancellationScope.nonCancellable(() => notify({ channel, notice }))
      .catch((error: unknown) =>
        log.warn(`Nobody could be told of request ${request.id} by ${channel}: ${event}`, { error }),
      )
      .finally(() => {
        this.underWay -= 1;
      });
  }

  /** Counted by the run itself, so that a repeat after a reset has the number, and so the key, of the first. */
  private occurrenceOf({ event, request }: News): number {
    const key = `${event} ${request.id}`;
    const occurrence = (this.told.get(key) ?? 0) + 1;
    this.told.set(key, occurrence);
    return occurrence;
  }

  /** Goes on when all is sent: what a run schedules in its last moment would never be. */
  afterwards(goOn: () => void): void {
    if (this.underWay === 0) return goOn();
    CancellationScope.nonCancellable(() => condition(() => this.underWay === 0, LAST_WORDS)).then(goOn, goOn);
  }
}

function noticeOf(run: Teller, { event, request, ticket }: News, occurrence: number): Notice {
  const { workflowId, runId, workflowType } = workflowInfo();
  const { rootRun, team } = run;
  const own = rootRun.workflowId === workflowId;
  return {
    event,
    occurrence,
    request: summarizeRequest(request),
    run: {
      workflowId: rootRun.workflowId,
      runId: own ? runId : rootRun.firstExecutionRunId,
      workflow: workflowType,
      ...(team === undefined ? {} : { team: team.name }),
    },
    to: request.needs?.roles ?? request.askedOf?.roles ?? [],
    ...(ticket === undefined ? {} : { decision: decisionOf(ticket) }),
  };
}

/** What lists show of it: no signature, and nothing of what was answered. */
function decisionOf({
  option,
  by,
  identity,
  reason,
  decidedAt,
}: DecisionTicket): NonNullable<Notice['decision']> {
  return { option, by, identity, ...(reason === undefined ? {} : { reason }), decidedAt };
}
