/** Asking a person and waiting for the answer: for seconds or months, holding no worker thread. */
import { condition, workflowInfo } from '@temporalio/workflow';
import { msToNumber } from '@temporalio/common';
import type {
  ApprovalRequest,
  DecisionTicket,
  RequestedAction,
  RequestOption,
  RequestReason,
} from '../contracts/approval.js';
import { digest } from '../contracts/canonical-json.js';
import type { Duration } from '../contracts/duration.js';
import { BatonError } from '../contracts/errors.js';
import { preview } from '../contracts/preview.js';
import type { Run } from './run.js';

export interface Ask {
  readonly reason: RequestReason;
  readonly question: string;
  readonly details?: string;
  readonly askedBy: string;
  readonly path: string;
  readonly action?: RequestedAction;
  readonly options: readonly RequestOption[];
  readonly deadline?: Duration;
}

/**
 * Opens a request and waits until it is decided.
 *
 * @throws {BatonError} `APPROVAL_EXPIRED` when the deadline passes; nothing was done.
 */
export async function ask(run: Run, wanted: Ask): Promise<DecisionTicket> {
  const request = compose(run, wanted);
  run.requests.open(request);
  run.record(
    {
      kind: 'asked',
      request: request.id,
      question: request.question,
      askedBy: request.askedBy,
      ...(request.deadline ? { deadline: request.deadline } : {}),
    },
    request.path,
  );
  try {
    await settled(run, request, wanted.deadline);
  } finally {
    // Reached undecided only when the step is cancelled: the request must not wait for ever.
    run.requests.withdraw(request.id);
    run.changed();
  }
  const settlement = run.requests.settlement(request.id);
  if (settlement?.kind === 'decided') return settlement.ticket;
  throw new BatonError(
    'APPROVAL_EXPIRED',
    `Nobody decided request ${request.id} ("${preview(request.question, 80)}") before ${request.deadline}. Nothing was done.`,
    { request: request.id, deadline: request.deadline },
  );
}

async function settled(run: Run, request: ApprovalRequest, deadline: Duration | undefined): Promise<void> {
  const done = (): boolean => run.requests.settlement(request.id) !== undefined;
  if (deadline === undefined) return condition(done);
  const summary = `deadline: ${preview(request.question, 80)}`;
  if (await condition(done, deadline, { summary })) return;
  run.requests.expire(request.id);
  run.record({ kind: 'expired', request: request.id }, request.path);
}

function compose(run: Run, wanted: Ask): ApprovalRequest {
  const { workflowId } = workflowInfo();
  const id = `${workflowId}/${digest({ root: run.root, path: wanted.path }).slice(0, 12)}`;
  const now = Date.now();
  const { deadline, action, details, ...rest } = wanted;
  return {
    v: 1,
    id,
    ...rest,
    ...(details === undefined ? {} : { details }),
    ...(action === undefined
      ? {}
      : { action, digest: digest({ request: id, run: run.root, tool: action.tool, args: action.args }) }),
    askedAt: new Date(now).toISOString(),
    ...(deadline === undefined ? {} : { deadline: new Date(now + msToNumber(deadline)).toISOString() }),
  };
}

export interface ApprovalQuestion {
  /** What is to be decided, in one sentence. */
  readonly question: string;
  /** What a person should know to decide; Markdown. */
  readonly details?: string;
  /** A Temporal duration such as `'30 days'`, or milliseconds. Afterwards the answer is no. */
  readonly deadline?: Duration;
  /** `throw` (the default) fails with `REJECTED`; `return` gives the rejection back. */
  readonly onReject?: 'throw' | 'return';
}

export interface Approved {
  readonly outcome: 'approved';
  readonly by: string;
  readonly note?: string;
}

export interface Rejected {
  readonly outcome: 'rejected';
  readonly by: string;
  readonly reason: string;
}

export const APPROVE_OR_REJECT: readonly RequestOption[] = [
  { id: 'approve', label: 'Approve', consequence: 'The run goes on.' },
  { id: 'reject', label: 'Reject', consequence: 'The run is told no, with your reason.' },
];

/** The verb `approval`: a question of the orchestration's own. */
export async function approval(run: Run, wanted: ApprovalQuestion): Promise<Approved | Rejected> {
  const { onReject = 'throw', ...question } = wanted;
  const path = run.scopes.next('approval');
  const ticket = await ask(run, {
    ...question,
    reason: 'asked-by-orchestration',
    askedBy: run.owner,
    path,
    options: APPROVE_OR_REJECT,
  });
  const verdict = toVerdict(ticket);
  if (verdict.outcome === 'rejected' && onReject === 'throw')
    throw rejected(wanted.question, ticket.request, verdict);
  return verdict;
}

export function toVerdict(ticket: DecisionTicket): Approved | Rejected {
  if (ticket.option === 'reject') {
    return { outcome: 'rejected', by: ticket.by, reason: ticket.reason ?? '' };
  }
  return { outcome: 'approved', by: ticket.by, ...(ticket.reason ? { note: ticket.reason } : {}) };
}

function rejected(question: string, request: string, verdict: Rejected): BatonError {
  return new BatonError(
    'REJECTED',
    `"${preview(question, 120)}" was rejected by ${verdict.by}: ${verdict.reason}`,
    {
      request,
      by: verdict.by,
      reason: verdict.reason,
    },
  );
}
