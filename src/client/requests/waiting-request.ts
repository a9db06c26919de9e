/** What waits for a person, in one form, whether it was read from the run or from its memo. */
import type { Client } from '@temporalio/client';
import type { ApprovalRequest, RequestSummary } from '../../contracts/requests/approval.js';
import { ownerOfRequest } from '../../contracts/requests/request-id.js';
import type { Json } from '../../contracts/data/json.js';
import { pendingRequests } from '../runs/observe.js';

/** What waits for a person: whole where a worker answers, else as the memo keeps it. */
export interface WaitingRequest
  extends
    Omit<RequestSummary, 'options' | 'yes'>,
    Pick<
      ApprovalRequest,
      | 'confidence'
      | 'editedBy'
      | 'redirectTo'
      | 'answerSchema'
      | 'argsSchema'
      | 'votes'
      | 'conversation'
      | 'attempted'
      | 'state'
    >,
    Partial<Pick<ApprovalRequest, 'run'>> {
  /** False when this is only what the memo keeps: the arguments are a preview, the options only ids. */
  readonly whole: boolean;
  readonly details?: string;
  /** The exact arguments; absent when only a preview is known. */
  readonly args?: Json;
  readonly options: readonly {
    readonly id: string;
    readonly label?: string;
    readonly consequence?: string;
    readonly means?: 'approve' | 'reject';
  }[];
}

/** The whole requests, each asked for at the workflow that holds it; the summary where nobody answers. */
export async function wholeRequests(
  client: Client,
  summaries: readonly RequestSummary[],
): Promise<WaitingRequest[]> {
  const owners = new Set(summaries.flatMap(({ id }) => ownerOfRequest(id)?.workflowId ?? []));
  const answers = await Promise.all(
    [...owners].map((owner) => pendingRequests(client, owner).catch(() => undefined)),
  );
  const whole = new Map(
    answers.flatMap((requests) => requests ?? []).map((request) => [request.id, request]),
  );
  return summaries.map((summary) => {
    const request = whole.get(summary.id);
    return request ? fromRequest(request) : fromSummary(summary);
  });
}

export function fromRequest(request: ApprovalRequest): WaitingRequest {
  const { v: _version, action, reminds: _reminds, ...rest } = request;
  return { ...rest, whole: true, ...(action ? { tool: action.tool, args: action.args } : {}) };
}

export function fromSummary({ yes = [], ...summary }: RequestSummary): WaitingRequest {
  const options = summary.options.map((id) =>
    yes.includes(id) ? { id, means: 'approve' as const } : { id },
  );
  return { ...summary, whole: false, options };
}
