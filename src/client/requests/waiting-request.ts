/** What waits for a person, in one form, whether it was read from the run or from its memo. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import type { ApprovalRequest, RequestSummary } from '../../contracts/requests/approval.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { pendingRequests } from '../runs/observe.js';

/** The whole requests, each asked for at the workflow that holds it; the summary where nobody answers. */
export async function readWholeRequests(
  client: Client,
  summaries: readonly RequestSummary[],
): Promise<WaitingRequest[]> {
  const owners = new Set(summaries.flatMap(({ id }) => parseRequestId(id)?.workflowId ?? []));
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
