/**
 * Sends people notices about a pending request, and about its outcome. Each channel has its own activity, so that a failure
 * neither stops nor repeats the others. The run does not wait for notices, and does not depend on their delivery. If the
 * worker has no channel, nothing is scheduled.
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
  /** The decision, once it is made. */
  readonly ticket: DecisionTicket | undefined;
}

/** When a run ends, its unsent notices get this long; then a separate workflow continues with them. */
const LAST_WORDS = '5s';

/**
 * The maximum of concurrent notices per channel; others wait in line. A server blocks a run with too many open activities,
 * and no part of the run may depend on an unavailable receiver.
 */
const AT_ONCE = 100;

/** How many notices one workflow gets: its input is limited in bytes. */
const LEFT_AT_ONCE = 50;

export class Notices {
  private readonly underWay = new Set<NotifyInput>();
  private readonly inLine = new Set<NotifyInput>();
  private readonly told = new Map<string, number>();

  /** A notice that finally fails adds a line to the log. */
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
    // Notices are sent even if the step that asked is cancelled.
    CancellationScope.nonCancellable(() => notify(input))
      .catch((error: unknown) =>
        log.warn(`No notice of request ${request.id} was delivered by ${input.channel}: ${event}`, { error }),
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

  /** The run itself counts, so that a repeat after a reset has the number, and so the key, of the first. */
  private occurrenceOf({ event, request }: News): number {
    const key = `${event} ${request.id}`;
    const occurrence = (this.told.get(key) ?? 0) + 1;
    this.told.set(key, occurrence);
    return occurrence;
  }

  /** Continues when all notices are sent or passed on, because anything that a run schedules at its end would never start. */
  afterwards(goOn: () => void): void {
    if (this.underWay.size === 0) return goOn();
    CancellationScope.nonCancellable(async () => {
      if (!(await condition(() => this.underWay.size === 0, LAST_WORDS)))
        await leave([...this.underWay, ...this.inLine]);
    }).then(goOn, goOn);
  }
}

/** The run does not depend on it: if they cannot be passed on, the run ends anyway. */
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
  // A child agent's workflow is the child of its run's current execution.
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

/** The part of a decision that lists show: no signature, and no answer content. */
function toNoticeDecision(ticket: DecisionTicket): NonNullable<Notice['decision']> {
  const { option, by, identity, reason, decidedAt } = ticket;
  return { option, by, identity, ...defined({ reason }), decidedAt };
}
