/**
 * Telling people that a request waits for them, or what became of it: an activity for each way of telling, so that one
 * that fails neither stops nor repeats the others. The run does not wait for it, and nothing of the run depends on
 * whether it arrives; where the worker has nothing to tell it by, nothing is scheduled.
 */
import { defined } from '../../contracts/data/defined.js';
import {
  CancellationScope,
  condition,
  log,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { RootRun } from '../../contracts/proof/claims.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import type { Notice, NoticeChannel, NoticeEvent, NotifyInput } from '../../contracts/requests/notice.js';
import { summarizeRequest } from '../../contracts/requests/request-summary.js';
import { DELIVER_NOTICES } from '../../contracts/wire/wire.js';
import { notify } from './activities.js';

/** The run that a request belongs to. */
interface Teller {
  readonly rootRun: RootRun;
  readonly workflow: string;
  readonly teamName: string | undefined;
}

interface News {
  readonly event: NoticeEvent;
  readonly request: ApprovalRequest;
  /** What was decided, once it is. */
  readonly ticket: DecisionTicket | undefined;
}

/** What is still on its way when a run ends is given this long; then a workflow of its own goes on with it. */
const LAST_WORDS = '5s';

/**
 * As many are on their way by one channel at once; the others stand in line. A server holds a run for which too many
 * activities are open, and nothing of the run may depend on a receiver that is away.
 */
const AT_ONCE = 100;

/** What one workflow is left with: its input has a limit of bytes. */
const LEFT_AT_ONCE = 50;

export class Notices {
  private readonly underWay = new Set<NotifyInput>();
  private readonly inLine = new Set<NotifyInput>();
  private readonly told = new Map<string, number>();

  /** A notice that is not taken in the end leaves a line in the log. */
  send(run: Teller, channels: readonly NoticeChannel[], news: News): void {
    const meant = channels.filter(({ events }) => events?.includes(news.event) ?? true);
    if (meant.length === 0) return;
    const notice = buildNotice(run, news, this.occurrenceOf(news));
    for (const { name } of meant) this.sendBy({ channel: name, notice });
  }

  private sendBy(input: NotifyInput): void {
    const { event, request } = input.notice;
    const before = [...this.underWay].filter(({ channel }) => channel === input.channel);
    if (before.length >= AT_ONCE) {
      this.inLine.add(input);
      return;
    }
    this.underWay.add(input);
    // What is told is told, also when the step that asked is cancelled.
    CancellationScope.nonCancellable(() => notify(input))
      .catch((error: unknown) =>
        log.warn(`Nobody could be told of request ${request.id} by ${input.channel}: ${event}`, { error }),
      )
      .finally(() => {
        this.underWay.delete(input);
        this.sendNext(input.channel);
      });
  }

  private sendNext(channel: string): void {
    const next = [...this.inLine].find((input) => input.channel === channel);
    if (next === undefined) return;
    this.inLine.delete(next);
    this.sendBy(next);
  }

  /** Counted by the run itself, so that a repeat after a reset has the number, and so the key, of the first. */
  private occurrenceOf({ event, request }: News): number {
    const key = `${event} ${request.id}`;
    const occurrence = (this.told.get(key) ?? 0) + 1;
    this.told.set(key, occurrence);
    return occurrence;
  }

  /** Goes on when all is sent, or left to be: what a run schedules in its last moment would never be. */
  afterwards(goOn: () => void): void {
    if (this.underWay.size === 0) return goOn();
    CancellationScope.nonCancellable(async () => {
      if (!(await condition(() => this.underWay.size === 0, LAST_WORDS)))
        await leave([...this.underWay, ...this.inLine]);
    }).then(goOn, goOn);
  }
}

/** Nothing of the run depends on it: where it cannot be left, the run ends all the same. */
async function leave(inputs: readonly NotifyInput[]): Promise<void> {
  const { workflowId, runId } = workflowInfo();
  for (let from = 0; from < inputs.length; from += LEFT_AT_ONCE) {
    const part = from === 0 ? '' : `-${from / LEFT_AT_ONCE + 1}`;
    await startChild(DELIVER_NOTICES, {
      workflowId: `${workflowId}/notices-${runId.slice(0, 8)}${part}`,
      args: [inputs.slice(from, from + LEFT_AT_ONCE)],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  }
}

function buildNotice(run: Teller, { event, request, ticket }: News, occurrence: number): Notice {
  const { workflowId, runId, parent } = workflowInfo();
  const { rootRun, workflow, teamName: team } = run;
  // A child agent's workflow is the child of its run's present execution.
  const executions = [{ workflowId, runId }, ...(parent ? [parent] : [])];
  const present = executions.find((each) => each.workflowId === rootRun.workflowId);
  return {
    event,
    occurrence,
    request: summarizeRequest(request),
    run: {
      workflowId: rootRun.workflowId,
      runId: present?.runId ?? rootRun.firstExecutionRunId,
      workflow,
      ...defined({ team }),
    },
    to: request.needs?.roles ?? request.askedOf?.roles ?? [],
    ...(ticket === undefined ? {} : { decision: toNoticeDecision(ticket) }),
  };
}

/** What lists show of it: no signature, and nothing of what was answered. */
function toNoticeDecision(ticket: DecisionTicket): NonNullable<Notice['decision']> {
  const { option, by, identity, reason, decidedAt } = ticket;
  return { option, by, identity, ...defined({ reason }), decidedAt };
}
